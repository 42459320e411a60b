import { Stored } from './stored.ts';

const perBrowser = new Stored(() => localStorage);
const hostKey = (meetingId: string) => `confab:host:${meetingId}`;

/** The token that makes this browser the host of a meeting it created. */
export function rememberedHostToken(meetingId: string): string | null {
  return perBrowser.read(hostKey(meetingId), (value) => typeof value === 'string');
}

/** Keeps it for good; null forgets it. */
export function rememberHostToken(meetingId: string, token: string | null): void {
  perBrowser.write(hostKey(meetingId), token);
}
