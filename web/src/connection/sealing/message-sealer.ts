import type { ChatBody } from '@confab/protocol';
import type { Sealer } from './sealer.ts';

/** Seals a chat message for everybody, or for the participant `to` alone (R44). */
export function sealMessage(
  sealer: Sealer,
  messageId: string,
  to: string | null,
  body: ChatBody,
): Promise<string> {
  const addressee = to === null ? null : { participantId: to };
  return sealer.seal({ purpose: 'message', to: addressee, messageId }, body, false);
}
