import { ID_BYTES, Refusal } from '@confab/protocol';
import { toBase64url } from './sealing/base64url.ts';
import { displayName } from './sealing/display-name.ts';
import type { PageCertificate } from './sealing/certificate.ts';
import type { Address } from './sealing/envelope.ts';
import { deriveSenderKey } from './sealing/keys.ts';
import { Sealer } from './sealing/sealer.ts';

/** What one incarnation of a participant says about itself, made before the server is asked for the seat. */
export type SeatEntry = {
  self: Address;
  sealer: Sealer;
  /** Sealed once, and repeated as it is at every reconnect (R20). */
  hello: string;
};

/** A fresh incarnation of `participantId`. Throws a Refusal for a name of which nothing readable is left. */
export async function makeSeatEntry(
  secret: string,
  meetingId: string,
  participantId: string,
  displayed: string,
  { fingerprint }: PageCertificate,
): Promise<SeatEntry> {
  const name = displayName(displayed);
  if (name === null) throw new Refusal('invalid-payload');
  const incarnation = toBase64url(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
  const self = { participantId, incarnation };
  const key = await deriveSenderKey(secret, meetingId, participantId, incarnation);
  const sealer = new Sealer(key, meetingId, self);
  return { self, sealer, hello: await sealer.sealHello({ name, fingerprint }) };
}
