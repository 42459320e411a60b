import { expect, test } from 'vitest';
import { haproxyConfiguration } from '../src/sni-routing.ts';

const lines = haproxyConfiguration({
  turnDomain: 'turn.meet.example.org',
  relay: { address: '203.0.113.7', port: 5349 },
})
  .split('\n')
  .map((line) => line.trim());

test('who asks for the relay’s name is brought to the relay, except who asks whether the name is Caddy’s', () => {
  expect(lines).toContain(
    'use_backend relay if { req.ssl_sni -i turn.meet.example.org } !{ req.ssl_alpn acme-tls/1 }',
  );
  expect(lines).toContain('server relay 203.0.113.7:5349');
});

test('nothing is decrypted on the way, and Caddy is told for whom HAProxy comes', () => {
  expect(lines).toContain('mode tcp');
  expect(lines.filter((line) => /\bcrt\b|\bssl\b(?!_)/.test(line))).toEqual([]);
  expect(lines.find((line) => line.startsWith('server caddy'))).toContain('send-proxy-v2');
});
