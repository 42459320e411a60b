import vectors from '@confab/protocol/vectors.json';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesOf, fromBase64url, toBase64url } from './base64url.ts';
import { type Route, claimedIncarnation, openEnvelope, sealEnvelope } from './envelope.ts';
import { frame } from './frame.ts';
import { deriveSenderKey } from './keys.ts';
import { RefusedSeal } from './refused-seal.ts';

const { secret, meetingId, sender, addressee } = vectors.inputs;
const route: Route = { meetingId, purpose: 'signal', from: sender, to: addressee };
const another = toBase64url(new Uint8Array(16).fill(7));
const HEADER = 42;

let key: CryptoKey;
let sealed: string;
let bytes: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  key = await deriveSenderKey(secret, meetingId, sender.participantId, sender.incarnation);
  sealed = await sealEnvelope(key, route, 5, await frame(new TextEncoder().encode('hi'), false));
  bytes = bytesOf(sealed, fromBase64url(sealed)?.length ?? 0);
});

/** What became of it: `opened`, or the kind of refusal. */
async function fate(text: string, on: Route = route, by = key): Promise<string> {
  try {
    await openEnvelope(by, on, text);
    return 'opened';
  } catch (error) {
    if (!(error instanceof RefusedSeal)) throw error;
    return error.kind;
  }
}

const withByte = (index: number, change: (byte: number) => number) =>
  toBase64url(bytes.map((byte, at) => (at === index ? change(byte) : byte)));

test('R16 as it was sealed, it opens', async () => {
  expect(await fate(sealed)).toBe('opened');
});

describe('R19 altered', () => {
  test('R19 every bit of the header', async () => {
    for (let index = 0; index < HEADER; index++) {
      const kind = index >= 2 && index < 34 ? 'stale' : 'altered';
      for (let bit = 0; bit < 8; bit++) {
        const fateOfBit = await fate(withByte(index, (byte) => byte ^ (1 << bit)));
        expect(`${index}.${bit} ${fateOfBit}`).toBe(`${index}.${bit} ${kind}`);
      }
    }
  });

  test('R19 every byte of the ciphertext and its tag', async () => {
    for (let index = HEADER; index < bytes.length; index++) {
      expect(`${index} ${await fate(withByte(index, (byte) => byte ^ 1))}`).toBe(
        `${index} altered`,
      );
    }
  });

  test('R19 cut short anywhere', async () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(`${length} ${await fate(toBase64url(bytes.subarray(0, length)))}`).toBe(
        `${length} altered`,
      );
    }
  });

  test.each([
    ['continued', (text: string) => `${text}AAAA`],
    ['padded', (text: string) => `${text}=`],
    ['not base64url', (text: string) => `${text.slice(0, -1)}+`],
    ['empty', () => ''],
    ['text', () => 'hello, is anybody there'],
  ])('R19 %s', async (_name, change) => {
    expect(await fate(change(sealed))).toBe('altered');
  });
});

describe('R19 on another route', () => {
  test.each<[string, Partial<Route>, string]>([
    ['in another meeting', { meetingId: another }, 'altered'],
    ['as a hello', { purpose: 'hello', to: null }, 'altered'],
    ['from another participant', { from: { ...sender, participantId: another } }, 'altered'],
    ['to another participant', { to: { ...addressee, participantId: another } }, 'altered'],
    ['from an earlier page load', { from: { ...sender, incarnation: another } }, 'stale'],
    ['to an earlier page load', { to: { ...addressee, incarnation: another } }, 'stale'],
    ['back to its sender', { from: addressee, to: sender }, 'stale'],
  ])('R19 %s', async (_name, change, kind) => {
    expect(await fate(sealed, { ...route, ...change })).toBe(kind);
  });

  test('R13 the key of another page load does not open it, whatever the header says', async () => {
    const older = await deriveSenderKey(secret, meetingId, sender.participantId, another);
    expect(await fate(sealed, route, older)).toBe('altered');
  });

  test('R13 the key of another link does not open it', async () => {
    const { participantId, incarnation } = sender;
    const wrong = toBase64url(new Uint8Array(32).fill(9));
    const other = await deriveSenderKey(wrong, meetingId, participantId, incarnation);
    expect(await fate(sealed, route, other)).toBe('altered');
  });
});

test('R17 a counter of zero, or beyond what a number can say, is refused', async () => {
  const framed = await frame(new Uint8Array(), false);
  expect(await fate(await sealEnvelope(key, route, 0, framed))).toBe('altered');
  expect(await fate(await sealEnvelope(key, route, 2 ** 53, framed))).toBe('altered');
  expect(await fate(await sealEnvelope(key, route, 2 ** 53 - 1, framed))).toBe('opened');
});

test('R16 an envelope says which page load it claims to come from', () => {
  expect(claimedIncarnation(sealed)).toBe(sender.incarnation);
  expect(claimedIncarnation('AQI')).toBeNull();
  expect(claimedIncarnation('no such thing')).toBeNull();
});
