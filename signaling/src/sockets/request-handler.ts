import type { Payload, ReplyData, RequestName } from '@confab/protocol';
import type { MeetingSocket } from './connection-state.ts';

/** The one request that is not answered (R21) has a path of its own. */
export type AnsweredRequest = Exclude<RequestName, 'signal:send'>;

/** Does what one request asks. Throws a Refusal where the answer is no. */
export type RequestHandler<Name extends AnsweredRequest> = (
  socket: MeetingSocket,
  payload: Payload<Name>,
) => ReplyData<Name> | Promise<ReplyData<Name>>;

export type RequestHandlers = { [Name in AnsweredRequest]: RequestHandler<Name> };
