import type { Participant } from '@confab/protocol';
import type { KnownParticipant } from '../known-participant.ts';
import { toBase64url } from '../sealing/base64url.ts';
import { deriveSenderKey } from '../sealing/keys.ts';
import { Sealer } from '../sealing/sealer.ts';
import { fakeFingerprint } from './fake-connection.ts';

export const id = (byte: number): string => toBase64url(new Uint8Array(16).fill(byte));
export const meetingId = id(1);
export const secret = toBase64url(new Uint8Array(32).fill(2));

/** One page load of one person, able to seal what a test wants others to get. */
export async function person(byte: number, arrival: number, incarnation = id(byte + 100)) {
  const participantId = id(byte);
  const self = { participantId, incarnation };
  const key = await deriveSenderKey(secret, meetingId, participantId, incarnation);
  const sealer = new Sealer(key, meetingId, self);
  const fingerprint = fakeFingerprint(byte);
  const sealHello = (name: string) => sealer.sealHello({ name, fingerprint });
  const participant: Participant = {
    id: participantId,
    arrival,
    incarnation,
    hello: await sealHello(`Person ${byte}`),
    role: 'participant',
    presence: 'present',
    hand: null,
    media: { microphone: true, camera: true },
  };
  const known: KnownParticipant = {
    ...participant,
    identity: { name: `Person ${byte}`, fingerprint, key },
  };
  return { self, key, sealer, fingerprint, sealHello, participant, known };
}
