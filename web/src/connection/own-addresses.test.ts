import { expect, test } from 'vitest';
import { OwnAddresses } from './own-addresses.ts';

const candidates = (...texts: string[]) =>
  texts.map((candidate) => ({ candidate, sdpMid: '0', sdpMLineIndex: 0 }));
const host = (address: string, port: number, more = '') =>
  `candidate:28 1 udp 2122260223 ${address} ${port} typ host${more}`;

test('an address is new once, on whatever port and of whatever generation', () => {
  const own = new OwnAddresses();
  expect(own.learn(candidates(host('10.0.0.2', 1), host('10.0.0.2', 2)))).toBe(true);
  expect(own.learn(candidates(host('10.0.0.2', 3, ' generation 1 ufrag x')))).toBe(false);
  expect(own.learn(candidates(host('10.0.0.2', 4), host('fd00::2', 5)))).toBe(true);
  expect(own.learn(candidates('candidate:1 1 tcp 15 fd00::2 9 typ host tcptype active'))).toBe(
    false,
  );
});

test('what others see of this computer, and relays, say nothing of where it is', () => {
  const own = new OwnAddresses();
  expect(
    own.learn(
      candidates(
        'candidate:1 1 udp 16 203.0.113.7 4000 typ srflx raddr 10.0.0.2 rport 1',
        'candidate:1 1 udp 1 198.51.100.1 5000 typ relay raddr 203.0.113.7 rport 4000',
        '',
      ),
    ),
  ).toBe(false);
});
