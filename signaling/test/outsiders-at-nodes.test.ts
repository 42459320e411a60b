import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { closedOnes } from './closed-meetings.ts';
import { redisWithNodes, SECRET } from './nodes.ts';
import { startProcess } from './server-process.ts';
import { askAdmission, post } from './test-server.ts';

type Doors = Record<'admission' | 'check' | 'description', { status: number; answer: unknown }>;

/** What somebody without the link's proof hears of a meeting at this node, who asks to be let in, and for the relay. */
async function heardAtTheDoor(url: string, meetingId: string) {
  const proof = randomBytes(32).toString('base64url');
  return {
    admission: await post(`${url}/api/meetings/${meetingId}/admission`, { proof }),
    check: await post(`${url}/api/check`, { meetingId, proof }),
  };
}

async function heardOf(url: string, meetingId: string): Promise<Doors> {
  const described = await fetch(`${url}/api/meetings/${meetingId}`);
  const description = { status: described.status, answer: await described.json() };
  return { ...(await heardAtTheDoor(url, meetingId)), description };
}

test('R4 R54 an outsider does not learn at which of two nodes a closed meeting is, or whether it is, also while Redis is away', async () => {
  const { redis, startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const [here, there] = [await closedOnes(one.url), await closedOnes(two.url)];
  const alike = async (doors: (keyof Doors)[], meetings: { meetingId: string }[]) => {
    const nowhere = await heardOf(one.url, here.unknown.meetingId);
    for (const { meetingId } of meetings) {
      const heard = await heardOf(one.url, meetingId);
      for (const door of doors) expect(heard[door]).toEqual(nowhere[door]);
    }
    return nowhere;
  };
  const all = [here, there].flatMap((meetings) => Object.values(meetings));
  const closed = [here, there].flatMap(({ ended, locked }) => [ended, locked]);
  expect(await alike(['admission', 'check'], all)).toMatchObject({ admission: { status: 404 } });
  expect(await alike(['description'], closed)).toMatchObject({ description: { status: 404 } });
  await redis.kill();
  await vi.waitFor(async () => expect((await fetch(`${one.url}/readyz`)).status).toBe(503));
  expect(await alike(['admission', 'check'], all)).toMatchObject({ admission: { status: 500 } });
  expect(await alike(['description'], closed)).toMatchObject({ description: { status: 500 } });
});

test('R4 nor does one while the node that runs it stands still, and whoever proves the link is not told that there is none', async () => {
  const { redis, startNode } = await redisWithNodes();
  const standing = startProcess({ REDIS_URL: redis.url, SECRET });
  const [one, url] = [await startNode(), await standing.ready()];
  const { unknown, ...there } = await closedOnes(url);
  const { answer: unbound } = await post(`${url}/api/meetings`, {});
  const nowhere = await heardOf(one.url, unknown.meetingId);
  standing.child.kill('SIGSTOP');
  const meetings = { ...there, unbound: { meetingId: String(unbound.meetingId) } };
  for (const [kind, { meetingId }] of Object.entries(meetings)) {
    const { admission, check } = await heardAtTheDoor(one.url, meetingId);
    expect([kind, admission, check]).toEqual([kind, nowhere.admission, nowhere.check]);
  }
  for (const { meetingId } of [there.ended, there.locked])
    expect(await heardOf(one.url, meetingId)).toEqual(nowhere);
  const { status } = await askAdmission({ ...there.open, url: one.url });
  expect([200, 500]).toContain(status);
});
