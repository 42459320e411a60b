import { expect, onTestFinished, test } from 'vitest';
import { AddressLimits } from '../src/address-limits.ts';
import { RedisLink } from '../src/nodes/redis-link.ts';
import { RedisServer } from './redis-server.ts';

async function twoNodes() {
  const redis = await RedisServer.start();
  const open = async () => {
    const link = await RedisLink.open(redis.url);
    onTestFinished(() => link.close());
    const networkName = (network: string) => `name-of-${network.length}`;
    return new AddressLimits({ link, isUp: () => true, networkName });
  };
  return { redis, nodes: [await open(), await open()] as const };
}

/** How many of so many acts of one address are granted, by turns at each of the nodes. */
async function granted(nodes: readonly AddressLimits[], address: string, acts: number) {
  let count = 0;
  for (let act = 0; act < acts; act++)
    await nodes[act % nodes.length]?.count('creation', address).then(
      () => count++,
      (refusal: unknown) => expect(String(refusal)).toContain('too-many-requests'),
    );
  return count;
}

test('R52 what one address may do, it may do once, however many nodes there are', async () => {
  const { nodes } = await twoNodes();
  expect(await granted(nodes, '192.0.2.1', 620)).toBe(600);
  expect(await granted(nodes, '192.0.2.100', 4)).toBe(4);
});

test('R54 while Redis is away each node counts by itself', async () => {
  const { redis, nodes } = await twoNodes();
  expect(await granted(nodes, '192.0.2.1', 10)).toBe(10);
  await redis.kill();
  expect(await granted(nodes.slice(0, 1), '192.0.2.1', 620)).toBe(600);
});
