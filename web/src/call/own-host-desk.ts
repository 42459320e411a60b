import { HostApi } from '../connection/host-api.ts';
import { parseMeetingLink } from '../connection/meeting-link.ts';
import { HostDesk } from './host-desk.svelte.ts';
import { rememberedSeat } from './remembered-seat.ts';

/** The desk of the meeting that this page shows. */
export function ownHostDesk(): HostDesk {
  const { origin } = location;
  const { meetingId = '', secret = null } = parseMeetingLink(location.href, origin) ?? {};
  // The token of the seat one has now, as it was renewed last.
  const api = new HostApi(meetingId, () => rememberedSeat(meetingId)?.admission.token ?? '');
  return new HostDesk({ api, meetingId, secret: secret ?? '', origin });
}
