import type { MediaState } from '@confab/protocol';
import type { Admission } from '../connection/meetings-api.ts';
import { Stored } from './stored.ts';

/** What a reloaded page needs to sit down again where it was. */
export type RememberedSeat = { admission: Admission; name: string; media: MediaState };

const perTab = new Stored(() => sessionStorage);
const perBrowser = new Stored(() => localStorage);
const seatKey = (meetingId: string) => `confab:seat:${meetingId}`;
const hostKey = (meetingId: string) => `confab:host:${meetingId}`;

/** The seat this tab has in a meeting; null if it never had one or gave it up. */
export function rememberedSeat(meetingId: string): RememberedSeat | null {
  return perTab.read(seatKey(meetingId), isSeat);
}

/** Keeps the seat for as long as the tab lives; null gives it up. */
export function rememberSeat(meetingId: string, seat: RememberedSeat | null): void {
  perTab.write(seatKey(meetingId), seat);
}

/** The token that makes this browser the host of a meeting it created. */
export function rememberedHostToken(meetingId: string): string | null {
  return perBrowser.read(hostKey(meetingId), isText);
}

export function rememberHostToken(meetingId: string, token: string | null): void {
  perBrowser.write(hostKey(meetingId), token);
}

function isSeat(value: unknown): value is RememberedSeat {
  if (typeof value !== 'object' || value === null) return false;
  const { admission, name, media } = value as Record<string, Record<string, unknown> | undefined>;
  return (
    isText(name) &&
    isText(admission?.token) &&
    isText(admission.participantId) &&
    typeof media?.microphone === 'boolean' &&
    typeof media.camera === 'boolean'
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
