import vectors from '@confab/protocol/vectors.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { open, sealAgain } from './envelope.ts';
import { proofOf, verifierOf } from './link-keys.ts';

const { secret, meetingId, sender, addressee } = vectors.inputs;
const route = { secret, meetingId, from: sender.participantId, to: addressee.participantId };

test('R12 R2 the second implementation derives the same proof and verifier', () => {
  expect(proofOf(secret)).toBe(vectors.keys.proof);
  expect(verifierOf(secret)).toBe(vectors.keys.verifier);
});

test.each(['signal', 'deflatedSignal'] as const)(
  'R16 R18 it opens the %s of the vectors and seals it to the same bytes',
  (name) => {
    const { body, sealed } = vectors[name];
    const opened = open(route, sealed);
    expect(opened.text).toBe(body);
    expect(sealAgain(route, opened, body)).toBe(sealed);
  },
);

test('R16 it opens the hello of the vectors, which is addressed to nobody', () => {
  const { body, sealed } = vectors.hello;
  expect(open({ ...route, to: null }, sealed).text).toBe(body);
});

test('R16 it does not open what was delivered to somebody else', () => {
  const elsewhere = { ...route, to: sender.participantId };
  expect(() => open(elsewhere, vectors.signal.sealed)).toThrow();
});
