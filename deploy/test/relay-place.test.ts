import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { leadsTo, relayPlace } from '../src/relay-place.ts';

const own = Object.values(networkInterfaces()).flatMap((addresses) =>
  (addresses ?? []).map(({ address }) => address),
);

test('an address of this machine is the relay’s, without NAT', async () => {
  expect(await relayPlace('127.0.0.1')).toEqual({ own: '127.0.0.1', external: null });
});

test('an address that leads here from elsewhere is how others see this machine', async () => {
  const place = await relayPlace('198.51.100.77');
  expect(place.external).toBe('198.51.100.77');
  expect(own).toContain(place.own);
});

test('localhost is taken for this machine’s place in its network', async () => {
  const place = await relayPlace('localhost');
  expect(place.external).toBeNull();
  expect(own).toContain(place.own);
  expect(place.own).not.toMatch(/^127\./);
});

test('a name that leads nowhere is told by the setting’s name', async () => {
  await expect(relayPlace('nowhere.invalid')).rejects.toThrow(
    'DOMAIN: nowhere.invalid has no IPv4 address yet; make its A record point at this machine.',
  );
});

test('a name for the relay has to lead where the app is', async () => {
  await expect(leadsTo('turn.localhost', 'localhost')).resolves.toBeUndefined();
  await expect(leadsTo('turn.192.0.2.7', '192.0.2.7')).rejects.toThrow('DOMAIN: is an address;');
  await expect(leadsTo('turn.nowhere.invalid', 'nowhere.invalid')).rejects.toThrow(
    'has no IPv4 address yet',
  );
});
