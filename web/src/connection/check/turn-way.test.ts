import { expect, test } from 'vitest';
import { serversOf, turnWayOf } from './turn-way.ts';

test.each([
  ['turn:turn.example.org', 'udp'],
  ['turn:turn.example.org:3478', 'udp'],
  ['turn:turn.example.org:3478?transport=udp', 'udp'],
  ['turn:turn.example.org:3478?transport=tcp', 'tcp'],
  ['turns:turn.example.org:443', 'tls'],
  ['TURNS:turn.example.org:443?transport=tcp', 'tls'],
  ['stun:turn.example.org', null],
])('%s is %s', (url, way) => expect(turnWayOf(url)).toBe(way));

test('a server keeps its credential and the addresses of one way', () => {
  const turn = { username: 'u', credential: 'c' };
  const servers = [
    { urls: ['stun:a'] },
    { urls: ['turn:a', 'turn:a?transport=tcp', 'turn:b'], ...turn },
  ];
  expect(serversOf(servers, 'udp')).toEqual([{ urls: ['turn:a', 'turn:b'], ...turn }]);
  expect(serversOf(servers, 'tcp')).toEqual([{ urls: ['turn:a?transport=tcp'], ...turn }]);
  expect(serversOf(servers, 'tls')).toEqual([]);
  expect(serversOf(servers, null)).toEqual([{ urls: ['stun:a'] }]);
});
