import { expect, test } from 'vitest';
import type { Finding, FindingName, Subject } from './findings.ts';
import { verdictOf } from './verdict.ts';

const fine: Record<Subject, FindingName> = {
  camera: 'camera-fine',
  microphone: 'microphone-fine',
  speaker: 'speaker-fine',
  server: 'server-fine',
  signaling: 'signaling-fine',
  udp: 'udp-fine',
  'relay-udp': 'relay-fine',
  'relay-tcp': 'relay-fine',
  'relay-tls': 'relay-fine',
};

test.each<[string, Partial<Record<Subject, FindingName>>]>([
  ['ready', {}],
  ['ready', { udp: 'udp-untested', 'relay-udp': 'relay-none', 'relay-tls': 'relay-other-ways' }],
  ['running', { 'relay-tls': 'running' }],
  ['running', { camera: 'running', server: 'server-unreachable' }],
  ['no-server', { server: 'server-unreachable', signaling: 'no-server', camera: 'device-fails' }],
  ['no-links', { signaling: 'signaling-none' }],
  [
    'no-links',
    {
      udp: 'udp-blocked',
      'relay-udp': 'relay-silent',
      'relay-tcp': 'relay-silent',
      'relay-tls': 'relay-silent',
    },
  ],
  ['limited', { udp: 'udp-avoided', 'relay-udp': 'relay-blocked' }],
  ['limited', { 'relay-udp': 'relay-refuses' }],
  ['limited', { camera: 'camera-dark' }],
  ['devices', { camera: 'device-fails', udp: 'udp-avoided' }],
  ['devices', { speaker: 'speaker-unheard' }],
  ['asking', { microphone: 'microphone-asks' }],
])('%s: %j', (verdict, more) => {
  const names = Object.entries({ ...fine, ...more });
  const found = Object.fromEntries(names.map(([subject, name]) => [subject, { name }]));
  expect(verdictOf(found as Record<Subject, Finding>)).toBe(verdict);
});
