import * as z from 'zod/mini';
import type { Notice, NoticeName } from './notices.ts';
import { RefusalCode } from './refusals.ts';
import type { Payload, Reply, ReplyData, RequestName } from './requests.ts';

/** Socket.IO's event map, client to server, derived from {@link requests}. */
export type ClientToServerEvents = {
  [Name in RequestName]: (
    payload: Payload<Name>,
    reply?: (reply: Reply<ReplyData<Name>>) => void,
  ) => void;
};

/** Socket.IO's event map, server to client, derived from {@link notices}. */
export type ServerToClientEvents = { [Name in NoticeName]: (notice: Notice<Name>) => void };

/** What `connect_error` carries in `data` when the server refuses a connection. */
export const ConnectionRefusal = z.object({ error: RefusalCode });
export type ConnectionRefusal = z.infer<typeof ConnectionRefusal>;
