import type { IceAnswer } from '../ice-servers.ts';
import type { TokenMaker } from '../tokens/token-maker.ts';
import type { RequestHandlers } from './request-handler.ts';

/** Renewing the token while one is in the meeting, so that the connection outlives it, and the TURN credential with it. */
export function tokenRequests(
  tokens: TokenMaker,
  iceServers: (participantId: string) => IceAnswer,
): Pick<RequestHandlers, 'token:renew'> {
  return {
    async 'token:renew'(socket) {
      const { meeting, participantId, ticket } = socket.data;
      const { token, tokenLifetime, expiresAt } = await tokens.participant(meeting.id, ticket);
      socket.data.expiresAt = expiresAt;
      return { token, tokenLifetime, ...iceServers(participantId) };
    },
  };
}
