import { MAX_SEALED_REACTION } from '@confab/protocol';
import vectors from '@confab/protocol/vectors.json';
import { describe, expect, test } from 'vitest';
import { bytesOf, toBase64url } from './base64url.ts';
import { openEnvelope, sealEnvelope } from './envelope.ts';
import { frame, unframe } from './frame.ts';
import { deriveSenderKey } from './keys.ts';
import { openMessage } from './message-opener.ts';
import { openHello, openReaction, openSignal } from './opener.ts';
import { deriveProof, verifierOf } from './proof.ts';

const { secret, meetingId, sender, addressee } = vectors.inputs;
const key = () => deriveSenderKey(secret, meetingId, sender.participantId, sender.incarnation);
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the protocol’s vectors', () => {
  test('R12 the proof', async () => {
    expect(await deriveProof(secret)).toBe(vectors.keys.proof);
  });

  test('R2 the verifier', async () => {
    expect(await verifierOf(vectors.keys.proof)).toBe(vectors.keys.verifier);
  });

  test('R13 the sender’s key seals as the vector’s key does', async () => {
    const iv = new Uint8Array(12);
    const raw = bytesOf(vectors.keys.senderKey, 32);
    const theirs = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
    const seal = async (by: CryptoKey) =>
      toBase64url(
        new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, by, bytes('one'))),
      );
    expect(await seal(await key())).toBe(await seal(theirs));
  });

  test('R16 R17 R18 a hello, byte for byte', async () => {
    const { counter, body, sealed } = vectors.hello;
    const route = { meetingId, purpose: 'hello' as const, from: sender, to: null };
    const framed = await frame(bytes(body), false);
    expect(await sealEnvelope(await key(), route, counter, framed)).toBe(sealed);
    expect(await openHello(await key(), meetingId, sender, sealed)).toEqual({
      counter,
      ...(JSON.parse(body) as object),
    });
  });

  test('R16 R17 R18 a signal, byte for byte', async () => {
    const { counter, body, sealed } = vectors.signal;
    const route = { meetingId, purpose: 'signal' as const, from: sender, to: addressee };
    const framed = await frame(bytes(body), false);
    expect(await sealEnvelope(await key(), route, counter, framed)).toBe(sealed);
    expect(await openSignal(await key(), meetingId, sender, addressee, sealed)).toEqual({
      counter,
      signal: JSON.parse(body) as unknown,
    });
  });

  test.each([
    ['a message', vectors.message, undefined],
    ['a private message', vectors.privateMessage, addressee.participantId],
  ])('R16 R44 %s, byte for byte', async (_, { counter, id, body, sealed }, to) => {
    const from = sender.participantId;
    const route = {
      meetingId,
      purpose: 'message' as const,
      from: sender,
      to: to === undefined ? null : { participantId: to },
      messageId: id,
    };
    const framed = await frame(bytes(body), false);
    expect(await sealEnvelope(await key(), route, counter, framed)).toBe(sealed);
    const message = { seq: 1, at: 0, id, from, sealed, ...(to !== undefined && { to }) };
    expect(await openMessage(await key(), meetingId, sender.incarnation, message)).toEqual({
      counter,
      body: JSON.parse(body) as unknown,
    });
  });

  test('R16 R58 a reaction, byte for byte', async () => {
    const { counter, body, sealed } = vectors.reaction;
    const route = { meetingId, purpose: 'reaction' as const, from: sender, to: null };
    const framed = await frame(bytes(body), false);
    expect(await sealEnvelope(await key(), route, counter, framed)).toBe(sealed);
    expect(sealed.length).toBe(MAX_SEALED_REACTION);
    expect(await openReaction(await key(), meetingId, sender, sealed)).toEqual({
      counter,
      ...(JSON.parse(body) as object),
    });
  });

  test('R18 a deflated signal opens', async () => {
    const { counter, body, sealed } = vectors.deflatedSignal;
    expect(await openSignal(await key(), meetingId, sender, addressee, sealed)).toEqual({
      counter,
      signal: JSON.parse(body) as unknown,
    });
  });

  test('R18 what this app deflates, it inflates to the same', async () => {
    const { body } = vectors.deflatedSignal;
    const route = { meetingId, purpose: 'signal' as const, from: sender, to: addressee };
    const framed = await frame(bytes(body), true);
    expect(framed.length).toBe(256);
    const sealed = await sealEnvelope(await key(), route, 9, framed);
    const opened = await openEnvelope(await key(), route, sealed);
    expect(new TextDecoder().decode(await unframe(opened.framed))).toBe(body);
  });
});
