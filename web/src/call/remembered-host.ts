import { Stored } from './stored.ts';

const perBrowser = new Stored(() => localStorage);
const madeKey = (meetingId: string) => `confab:host-made:${meetingId}`;
const hostKey = (meetingId: string) => `confab:host:${meetingId}`;
const provenKey = (meetingId: string) => `confab:host-proven:${meetingId}`;

/** By which invitation this browser comes to a meeting: that of whoever made it, or the latest that was followed. */
export function rememberedInvitation(meetingId: string): string | null {
  return read(madeKey(meetingId)) ?? read(hostKey(meetingId));
}

/** Whether this browser comes to the meeting as a host: because it made it, or by invitation. */
export function comesAsHost(meetingId: string): boolean {
  const invitation = rememberedInvitation(meetingId);
  return invitation !== null && isHosts(invitation);
}

/** This browser has made the meeting: whatever its user follows later, a revoked invitation of their own making too, counts after that. */
export function rememberMade(meetingId: string, hostToken: string): void {
  perBrowser.write(madeKey(meetingId), hostToken);
}

/**
 * Keeps an invitation that was followed, unless it says less than the one that is known. Anybody can make a link that says it makes a
 * host: the one known before stays beside it until the server has taken the new one.
 */
export function followInvitation(meetingId: string, invitation: string): void {
  const known = read(hostKey(meetingId));
  if (invitation === known || (!isHosts(invitation) && comesAsHost(meetingId))) return;
  if (read(provenKey(meetingId)) === null) perBrowser.write(provenKey(meetingId), known);
  perBrowser.write(hostKey(meetingId), invitation);
}

/** The server has taken this one: it is what the next one has to outdo. */
export function provedInvitation(meetingId: string, invitation: string): void {
  if (invitation === read(hostKey(meetingId))) perBrowser.write(provenKey(meetingId), null);
}

/** The server takes this one no more. Answers with the one to try instead; null where there is none. */
export function formerInvitation(meetingId: string, refused: string): string | null {
  if (refused !== rememberedInvitation(meetingId)) return rememberedInvitation(meetingId);
  return read((refused === read(madeKey(meetingId)) ? hostKey : provenKey)(meetingId));
}

/** Forgets this one; the one to try instead is what this browser comes by then. */
export function dropInvitation(meetingId: string, refused: string): void {
  if (refused === read(madeKey(meetingId))) {
    perBrowser.write(madeKey(meetingId), null);
    return;
  }
  if (refused !== read(hostKey(meetingId))) return;
  perBrowser.write(hostKey(meetingId), read(provenKey(meetingId)));
  perBrowser.write(provenKey(meetingId), null);
}

/** From now on this browser comes to the meeting as everybody does. */
export function forgetInvitations(meetingId: string): void {
  for (const key of [madeKey, hostKey, provenKey]) perBrowser.write(key(meetingId), null);
}

function read(key: string): string | null {
  return perBrowser.read(key, (value) => typeof value === 'string');
}

/** What its signed text says; only the server can tell whether that is true. */
function isHosts(invitation: string): boolean {
  try {
    const text = atob((invitation.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'));
    return (JSON.parse(text) as { role?: unknown }).role === 'host';
  } catch {
    return false;
  }
}
