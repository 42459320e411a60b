import { describe, expect, test } from 'vitest';
import {
  ChatBody,
  Fingerprint,
  MeetingId,
  notices,
  Proof,
  requests,
  Signal,
} from '../src/index.ts';

const id = Buffer.alloc(16, 7).toString('base64url');

describe('ids', () => {
  test('are 16 bytes of base64url with one spelling', () => {
    expect(MeetingId.safeParse(id).success).toBe(true);
    for (const bad of [
      '',
      `${id}A`,
      id.slice(1),
      `${id.slice(0, -1)}B`,
      `${id.slice(0, -1)}=`,
      '__proto__',
      null,
      [id],
    ]) {
      expect(MeetingId.safeParse(bad).success, String(bad)).toBe(false);
    }
  });

  test('a proof is 32 bytes', () => {
    const proof = Buffer.alloc(32, 255).toString('base64url');
    expect(Proof.safeParse(proof).success).toBe(true);
    expect(Proof.safeParse(`${proof.slice(0, -1)}9`).success).toBe(false);
  });
});

describe('R1 unknown keys and wrong types are refused', () => {
  const signal = requests['signal:send'].payload;

  test.each([
    ['an unknown key', { to: id, sealed: 'AAAA', from: id }],
    ['an array for an id', { to: [id], sealed: 'AAAA' }],
    ['everyone', { to: '*', sealed: 'AAAA' }],
    ['a sealed text that is not base64url', { to: id, sealed: 'AA+A' }],
    ['a sealed text over the limit', { to: id, sealed: 'A'.repeat(32_769) }],
    ['nothing', undefined],
  ])('%s', (_, payload) => {
    expect(signal.safeParse(payload).success).toBe(false);
  });

  test('a well-formed signal is accepted', () => {
    expect(signal.safeParse({ to: id, sealed: 'AAAA' }).success).toBe(true);
  });
});

describe('signals', () => {
  test('R24 one without a body is a confirmation', () => {
    expect(Signal.safeParse({ epoch: 1, seq: 0, ack: 4 }).success).toBe(true);
  });

  test('a body of an unknown type is refused', () => {
    expect(Signal.safeParse({ epoch: 1, seq: 1, ack: 0, body: { type: 'eval' } }).success).toBe(
      false,
    );
  });

  test('a fingerprint is spelled as SDP spells it', () => {
    expect(Fingerprint.safeParse(Array(32).fill('AB').join(':')).success).toBe(true);
    expect(Fingerprint.safeParse(Array(32).fill('ab').join(':')).success).toBe(false);
    expect(Fingerprint.safeParse(Array(20).fill('AB').join(':')).success).toBe(false);
  });
});

test('R8 a resume token has one spelling, and a first join has none', () => {
  const join = requests['meeting:join'].payload;
  const first = { incarnation: id, hello: 'AAAA', media: { microphone: true, camera: true } };
  const resume = Buffer.alloc(32, 7).toString('base64url');
  expect(join.safeParse(first).success).toBe(true);
  expect(join.safeParse({ ...first, resume }).success).toBe(true);
  for (const wrong of ['', null, resume.slice(1), `${resume}A`, `${resume.slice(0, -1)}d`])
    expect(join.safeParse({ ...first, resume: wrong }).success, String(wrong)).toBe(false);
});

test('R38 a delay is a whole number of milliseconds within a minute', () => {
  const notice = notices['server:stopping'];
  for (const delay of [0, 999, 60_000]) expect(notice.safeParse({ delay }).success).toBe(true);
  for (const delay of [-1, 0.5, 60_001, '1', null])
    expect(notice.safeParse({ delay }).success, String(delay)).toBe(false);
});

describe('R45 what a chat message says', () => {
  const said = { kind: 'text', name: 'Ada', text: 'hello' };
  const target = { from: id, id };
  const file = { name: 'a.pdf', size: 0, digest: 'A'.repeat(43) };
  const offer = (more: object) => ({ kind: 'file', name: 'Ada', file: { ...file, ...more } });

  test.each([
    ['a text', said],
    ['an answer', { ...said, replyTo: target }],
    ['4,000 code points of two units each', { ...said, text: '👋'.repeat(4_000) }],
    ['an edit', { kind: 'edit', name: 'Ada', id, text: 'hello' }],
    ['a removal', { kind: 'removal', name: 'Ada', id }],
    ['a reaction', { kind: 'reaction', name: 'Ada', target, emoji: '❤️', on: true }],
    ['a file', offer({})],
    ['the largest file', offer({ size: 68_719_476_736 })],
    ['a picture', offer({ picture: { width: 16_384, height: 1 } })],
  ])('%s is accepted', (_, body) => {
    expect(ChatBody.safeParse(body).success).toBe(true);
  });

  test.each([
    ['nothing said', { ...said, text: '' }],
    ['4,001 code points', { ...said, text: 'a'.repeat(4_001) }],
    ['no name', { kind: 'text', text: 'hello' }],
    ['an unknown kind', { ...said, kind: 'command' }],
    ['an unknown key', { ...said, html: '<b>' }],
    ['an edit of somebody else’s', { kind: 'edit', name: 'Ada', id, from: id, text: 'x' }],
    ['another emoji', { kind: 'reaction', name: 'Ada', target, emoji: '<b>', on: true }],
    ['a file of no name', offer({ name: '' })],
    ['a file of less than nothing', offer({ size: -1 })],
    ['half a byte', offer({ size: 0.5 })],
    ['too large a file', offer({ size: 68_719_476_737 })],
    ['a digest that is too short', offer({ digest: 'A'.repeat(42) })],
    ['a file of a type', offer({ type: 'text/html' })],
    ['a picture of no size', offer({ picture: { width: 0, height: 1 } })],
    ['a target that is none', { ...said, replyTo: { from: id, id: 'x' } }],
  ])('%s is refused', (_, body) => {
    expect(ChatBody.safeParse(body).success).toBe(false);
  });
});
