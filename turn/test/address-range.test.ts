import { expect, test } from 'vitest';
import { contains, rangeText, readRange } from '../src/address-range.ts';

test.each([
  ['10.0.0.0/8', '10.0.0.0-10.255.255.255'],
  ['198.18.0.0/15', '198.18.0.0-198.19.255.255'],
  ['192.168.7.9', '192.168.7.9'],
  ['::1', '0:0:0:0:0:0:0:1'],
  ['fc00::/7', 'fc00:0:0:0:0:0:0:0-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['::ffff:0.0.0.0/96', '0:0:0:0:0:ffff:0:0-0:0:0:0:0:ffff:ffff:ffff'],
  ['64:ff9b:1::/48', '64:ff9b:1:0:0:0:0:0-64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
])('%s is all from its first to its last address', (network, range) => {
  expect(rangeText(readRange(network))).toBe(range);
});

test.each([
  '10.0.0.1/8',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0/8',
  'fe80::%eth0',
  'a',
  '',
  '::/0/0',
  '::/-1',
])('“%s” is no network', (text) => {
  expect(() => readRange(text)).toThrow(RangeError);
});

test('an address is in the networks of its own family alone', () => {
  expect(contains(readRange('::ffff:0.0.0.0/96'), '::ffff:127.0.0.1')).toBe(true);
  expect(contains(readRange('127.0.0.0/8'), '127.0.0.1')).toBe(true);
  expect(contains(readRange('127.0.0.0/8'), '128.0.0.0')).toBe(false);
  expect(contains(readRange('127.0.0.0/8'), '::7f00:1')).toBe(false);
});
