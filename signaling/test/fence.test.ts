import { expect, onTestFinished, test } from 'vitest';
import { RedisLink } from '../src/nodes/redis-link.ts';
import { meetingKey, nodeKey } from '../src/nodes/scripts.ts';
import { RedisMedium } from '../src/store/redis-medium.ts';
import { RedisServer } from './redis-server.ts';

/** Two nodes on one Redis: what each writes, and which meetings it hears to have lost. */
async function twoNodes() {
  const { url } = await RedisServer.start();
  const open = async (node: string) => {
    const link = await RedisLink.open(url);
    onTestFinished(() => link.close());
    const lost: string[] = [];
    const isUp = () => true;
    const onLost = (meetingId: string) => void lost.push(meetingId);
    const medium = new RedisMedium({ link, node, isUp, onLost });
    const claim = (mayTake: boolean) =>
      link.run('claim', [meetingKey('m')], [node, mayTake ? '1' : '0']);
    /** Comes to life, as far as the others see. */
    const live = async () => {
      await link.listen(nodeKey(node));
      await link.run('beat', [nodeKey(node)], [60_000]);
    };
    return { link, medium, lost, claim, live };
  };
  return [await open('one'), await open('two')] as const;
}

async function contents(medium: RedisMedium): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const entry of medium.read()) all.push(entry);
  return all;
}

test('R53 a meeting has one owner: a living one is not replaced, a dead one is', async () => {
  const [one, two] = await twoNodes();
  await one.live();
  await one.medium.write([['meeting/m', 'first']]);
  expect(await two.claim(true)).toEqual(['owned', 'one', expect.any(String)]);
  one.link.close();
  await expect.poll(() => two.claim(false)).toEqual(['free']);
  const taken = ['owner', 'two', 'term', '2', 'meeting', 'first'];
  expect(await two.claim(true)).toEqual(['taken', 2, expect.arrayContaining(taken)]);
});

test('R53 what a replaced owner writes is not written, and it hears of it; what else it writes is', async () => {
  const [one, two] = await twoNodes();
  await one.medium.write([['meeting/m', 'first']]);
  await two.claim(true);
  await two.medium.write([['meeting/m', 'second']]);
  await one.medium.write([
    ['meeting/m', 'late'],
    ['chat/m/1', 'late'],
    ['meeting/n', 'its own'],
  ]);
  await one.medium.write([['meeting/m', undefined]]);
  expect(one.lost).toEqual(['m', 'm']);
  expect(two.lost).toEqual([]);
  expect(await contents(two.medium)).toEqual([
    ['meeting/m', 'second'],
    ['meeting/n', 'its own'],
  ]);
});

test('R53 an owner that stands still is replaced as soon as its sign of life has run out', async () => {
  const [one, two] = await twoNodes();
  await one.live();
  await one.medium.write([['meeting/m', 'first']]);
  await one.link.run('beat', [nodeKey('one')], [50]);
  await expect.poll(() => two.claim(false)).toEqual(['free']);
  expect(await two.claim(true)).toMatchObject(['taken', 2, expect.anything()]);
  expect(await one.link.run('check', [meetingKey('m')], ['one', 60_000])).toEqual(['lost']);
  expect(await two.link.run('check', [meetingKey('m')], ['two', 60_000])).toEqual(['mine']);
});

test('a meeting of which nothing is left leaves no trace', async () => {
  const [one] = await twoNodes();
  await one.medium.write([['meeting/m', 'first']]);
  await one.medium.write([['meeting/m', undefined]]);
  expect(await one.link.keys('*')).toEqual([]);
});
