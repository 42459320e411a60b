import { Stored } from './stored.ts';

const perBrowser = new Stored(() => localStorage);
const hostKey = (meetingId: string) => `confab:host:${meetingId}`;
const provenKey = (meetingId: string) => `confab:host-proven:${meetingId}`;

/** By which invitation this browser comes to a meeting: that of whoever made it, or the latest that was followed. */
export function rememberedInvitation(meetingId: string): string | null {
  return read(hostKey(meetingId));
}

/** Whether this browser comes to the meeting as a host: because it made it, or by invitation. */
export function comesAsHost(meetingId: string): boolean {
  const invitation = rememberedInvitation(meetingId);
  return invitation !== null && isHosts(invitation);
}

/** Keeps it for good; null forgets it, and whatever was kept beside it. */
export function rememberInvitation(meetingId: string, invitation: string | null): void {
  perBrowser.write(hostKey(meetingId), invitation);
  perBrowser.write(provenKey(meetingId), null);
}

/**
 * Keeps an invitation that was followed, unless it says less than the one that is known. Anybody can make a link that says it makes a
 * host: the one known before stays beside it until the server has taken the new one.
 */
export function followInvitation(meetingId: string, invitation: string): void {
  const known = rememberedInvitation(meetingId);
  if (invitation === known || (!isHosts(invitation) && comesAsHost(meetingId))) return;
  if (read(provenKey(meetingId)) === null) perBrowser.write(provenKey(meetingId), known);
  perBrowser.write(hostKey(meetingId), invitation);
}

/** The server has taken this one: it is what the next one has to outdo. */
export function provedInvitation(meetingId: string, invitation: string): void {
  if (invitation === rememberedInvitation(meetingId)) rememberInvitation(meetingId, invitation);
}

/** The server takes this one no more. Answers with the one to try instead, known before it; null where there is none. */
export function formerInvitation(meetingId: string, refused: string): string | null {
  if (refused !== rememberedInvitation(meetingId)) return rememberedInvitation(meetingId);
  return read(provenKey(meetingId));
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
