import { ChatBody, type ChatMessage } from '@confab/protocol';
import type { Route } from './envelope.ts';
import { open } from './opener.ts';
import { RefusedSeal } from './refused-seal.ts';

/** Opens a chat message, whose sender may be long gone (R44). Throws a RefusedSeal if it is not one. */
export async function openMessage(
  key: CryptoKey,
  meetingId: string,
  incarnation: string,
  { id, from, to, sealed }: ChatMessage,
): Promise<{ counter: number; body: ChatBody }> {
  const route: Route = {
    meetingId,
    purpose: 'message',
    from: { participantId: from, incarnation },
    to: to === undefined ? null : { participantId: to },
    messageId: id,
  };
  const { counter, text } = await open(key, route, sealed);
  const body = ChatBody.safeParse(text);
  if (!body.success) throw new RefusedSeal('altered', 'not a message');
  return { counter, body: body.data };
}
