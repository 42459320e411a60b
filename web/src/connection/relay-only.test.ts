import { expect, test } from 'vitest';
import { ofRelay, withoutAddresses } from './relay-only.ts';

const candidate = (text: string) => ({ candidate: text, sdpMid: '0', sdpMLineIndex: 0 });
const RELAY = 'candidate:1 1 udp 2 203.0.113.9 50000 typ relay';

test.each([
  ['a host', 'candidate:1 1 udp 2 192.168.1.7 5000 typ host'],
  ['a masked host', 'candidate:1 1 udp 2 0a1b.local 5000 typ host'],
  [
    'one behind NAT',
    'candidate:1 1 udp 2 198.51.100.7 5000 typ srflx raddr 192.168.1.7 rport 5000',
  ],
  ['one that others saw', 'candidate:1 1 udp 2 198.51.100.7 5000 typ prflx raddr 0.0.0.0 rport 0'],
  ['nonsense', 'candidate:1 typ relayed'],
])('R50 %s is not told', (_name, text) => {
  expect(ofRelay(candidate(text))).toBeNull();
});

test('R50 a relay is told, and not who uses it', () => {
  const told = ofRelay(candidate(`${RELAY} raddr 198.51.100.7 rport 6000 generation 0 ufrag a`));
  expect(told).toEqual(candidate(`${RELAY} raddr 0.0.0.0 rport 0 generation 0 ufrag a`));
  expect(ofRelay(candidate(RELAY))).toEqual(candidate(RELAY));
});

test('R50 a description has no other address', () => {
  const sdp = [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    'm=audio 50000 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 198.51.100.7',
    'a=rtcp:50001 IN IP4 198.51.100.7',
    'a=candidate:1 1 udp 2 192.168.1.7 5000 typ host generation 0',
    `a=${RELAY} raddr 198.51.100.7 rport 6000`,
    'c=IN IP6 2001:db8::7',
    'a=mid:0',
    '',
  ].join('\r\n');
  const told = withoutAddresses(sdp);
  expect(told).not.toMatch(/198\.51|192\.168|2001:/);
  expect(told.split('\r\n')).toEqual([
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    'm=audio 50000 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP4 0.0.0.0',
    'a=rtcp:9 IN IP4 0.0.0.0',
    `a=${RELAY} raddr 0.0.0.0 rport 0`,
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    '',
  ]);
});
