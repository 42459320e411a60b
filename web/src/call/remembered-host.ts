import { Stored } from './stored.ts';

const perBrowser = new Stored(() => localStorage);
const hostKey = (meetingId: string) => `confab:host:${meetingId}`;

/** By which invitation this browser comes to a meeting: that of whoever made it, or the latest that was followed. */
export function rememberedInvitation(meetingId: string): string | null {
  return perBrowser.read(hostKey(meetingId), (value) => typeof value === 'string');
}

/** Whether this browser comes to the meeting as a host: because it made it, or by invitation. */
export function comesAsHost(meetingId: string): boolean {
  const invitation = rememberedInvitation(meetingId);
  return invitation !== null && isHosts(invitation);
}

/** Keeps it for good; null forgets it. */
export function rememberInvitation(meetingId: string, invitation: string | null): void {
  perBrowser.write(hostKey(meetingId), invitation);
}

/** Keeps an invitation that was followed, unless it says less than the one that is known. */
export function followInvitation(meetingId: string, invitation: string): void {
  if (isHosts(invitation) || !comesAsHost(meetingId)) rememberInvitation(meetingId, invitation);
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
