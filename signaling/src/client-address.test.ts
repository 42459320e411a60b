import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { clientAddressBy, networkOf } from './client-address.ts';

const request = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

test.each([
  [[], '203.0.113.9', '1.1.1.1', '203.0.113.9'],
  [['10.0.0.0/8'], '203.0.113.9', '1.1.1.1', '203.0.113.9'],
  [['10.0.0.0/8'], '10.1.2.3', '1.1.1.1', '1.1.1.1'],
  [['10.0.0.0/8'], '::ffff:10.1.2.3', '1.1.1.1', '1.1.1.1'],
  [['10.0.0.0/8'], '10.1.2.3', '9.9.9.9, 1.1.1.1', '1.1.1.1'],
  [['10.0.0.0/8'], '10.1.2.3', '1.1.1.1, 10.9.9.9', '1.1.1.1'],
  [['10.0.0.0/8'], '10.1.2.3', undefined, '10.1.2.3'],
  [['10.0.0.0/8'], '10.1.2.3', 'nonsense', '10.1.2.3'],
  [['10.0.0.0/8'], '10.1.2.3', '9.9.9.9, nonsense', '10.1.2.3'],
  [['::1'], '::1', '2001:db8::7', '2001:db8::7'],
  [['10.0.0.0/8'], '10.1.2.3', '1.1.1.1:5678', '1.1.1.1'],
  [['10.0.0.0/8'], '10.1.2.3', '9.9.9.9, 10.9.9.9:80', '9.9.9.9'],
  [['10.0.0.0/8'], '10.1.2.3', '[2001:db8::7]:5678', '2001:db8::7'],
  [['10.0.0.0/8'], '10.1.2.3', '[2001:db8::7]', '2001:db8::7'],
  [['10.0.0.0/8'], '10.1.2.3', '1.1.1.1:', '10.1.2.3'],
])(
  'trusting %j, a request from %s forwarded for %s comes from %s',
  (trusted, remote, forwarded, address) => {
    expect(clientAddressBy(trusted)(request(remote, forwarded))).toBe(address);
  },
);

test('a header of a stranger is noticed, one of a proxy and none at all are not', () => {
  let noticed = 0;
  const addressOf = clientAddressBy(['10.0.0.0/8'], () => noticed++);
  addressOf(request('203.0.113.9'));
  addressOf(request('10.1.2.3', '1.1.1.1'));
  expect(noticed).toBe(0);
  addressOf(request('203.0.113.9', '1.1.1.1'));
  expect(noticed).toBe(1);
});

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:0db8:0001:0002::', '2001:db8:1:2'],
  ['2001:db8::5', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
