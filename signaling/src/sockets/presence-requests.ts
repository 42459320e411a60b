import type { RequestHandlers } from './request-handler.ts';

/** What participants say about media: their own, and whose they still receive (R10). */
export const presenceRequests: Pick<RequestHandlers, 'presence:update' | 'presence:vouch'> = {
  'presence:update'(socket, media) {
    socket.data.meeting.people.update(socket.data.participantId, media);
    return {};
  },
  'presence:vouch'(socket, { participants }) {
    for (const participantId of participants) socket.data.meeting.people.vouch(participantId);
    return {};
  },
};
