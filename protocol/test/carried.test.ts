import { expect, test } from 'vitest';
import { Carried, MAX_CARRIED, MAX_SEALED_SIGNAL } from '../src/index.ts';

const id = Buffer.alloc(16, 7).toString('base64url');
const other = Buffer.alloc(16, 8).toString('base64url');
const signal = { type: 'signal', from: id, to: other, sealed: 'AAAA' };
const links = { type: 'links', links: [{ to: other, standing: 'weak' }] };

test('R39 R40 a signal and the standings of links travel between two ends', () => {
  for (const message of [signal, links, { type: 'links', links: [] }])
    expect(Carried.safeParse(message).success).toBe(true);
});

test.each<[string, unknown]>([
  ['of another type', { ...signal, type: 'chat' }],
  ['with another key', { ...signal, name: 'Ada' }],
  ['for everybody', { ...signal, to: '*' }],
  ['that is not sealed', { ...signal, sealed: 'v=0\r\n' }],
  ['without an addressee', { type: 'signal', from: id, sealed: 'AAAA' }],
  ['about a standing nobody knows', { ...links, links: [{ to: other, standing: 'fine' }] }],
  ['about more links than there are', { ...links, links: Array(65).fill(links.links[0]) }],
  ['in a list', [signal]],
  ['that is nothing', null],
])('R1 R33 a message %s is refused', (_, message) => {
  expect(Carried.safeParse(message).success).toBe(false);
});

test('R33 the longest signal fits into one message', () => {
  const longest = { ...signal, sealed: 'A'.repeat(MAX_SEALED_SIGNAL) };
  expect(Carried.safeParse(longest).success).toBe(true);
  expect(JSON.stringify(longest).length).toBeLessThanOrEqual(MAX_CARRIED);
});
