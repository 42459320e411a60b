import { openShort, sealShort } from './short-seal.ts';

const PURPOSE = 7;

/** Ids in base64url. */
type LabelRoute = { secret: string; meetingId: string };

/** Seals what a host calls an invitation, for the other hosts (R105). */
export function sealLabel(route: LabelRoute, label: string): Promise<string> {
  return sealShort({ ...route, purpose: PURPOSE }, label);
}

/** Throws a RefusedSeal for anything that {@link sealLabel} would not have made. */
export function openLabel(route: LabelRoute, sealed: string): Promise<string> {
  return openShort({ ...route, purpose: PURPOSE }, sealed);
}
