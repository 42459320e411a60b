import { expect, test } from 'vitest';
import type { Snapshot } from '@confab/protocol';
import { FakeClock } from './fake-clock.ts';
import { seated } from './host-desk.ts';
import { newId, TestClient } from './test-client.ts';
import { askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';
import { WEBHOOK_SECRET, WebhookReceiver } from './webhook-receiver.ts';

type Person = Awaited<ReturnType<typeof seated>>;

/** A host and two guests in a meeting of a server, and the ways to cut people off from it and to start it anew. */
async function three(env: Record<string, string> = {}) {
  const clock = new FakeClock(Date.now());
  const server = await startTestServer(env, { clock });
  const { url, logged, settings } = server;
  const meeting = await makeMeeting(url);
  const host = await seated(meeting, { invitation: meeting.hostToken });
  const people = [host, await seated(meeting), await seated(meeting)] as const;
  const losses = () => logged().split('connection lost').length - 1;
  let lost = 0;
  /** What lies between these people and the server goes away, for so many milliseconds. */
  const cut = async (who: readonly Person[], ms: number) => {
    lost += who.length;
    for (const { client } of who) client.socket.io.engine.close();
    await expect.poll(losses, { timeout: 20_000 }).toBe(lost);
    clock.advance(ms);
  };
  const restart = async () => {
    await server.close();
    return (await startTestServer({ ...env, DATA_DIR: settings.dataDir }, { clock })).url;
  };
  return { clock, meeting, people, cut, restart };
}

/** The same page again, or after a reload. */
async function back(meeting: TestMeeting, { token, resume, incarnation }: Person, reload = false) {
  const client = await TestClient.connect(meeting.url, token);
  const { snapshot } = await client.join({
    resume,
    incarnation: reload ? newId() : incarnation,
  });
  return { client, told: told(snapshot) };
}

function told({ participants }: Snapshot): string[] {
  return participants.map(({ arrival, presence, role }) => `${arrival} ${presence} ${role}`);
}

async function countedAsLost(url: string) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return /confab_participants\{presence="reconnecting"\} (\d+)/.exec(text)?.[1];
}

test.each([3_000, 20_000, 100_000, 179_000])(
  'R9 when everybody was cut off for %i ms, whoever is back first finds all the others',
  async (ms) => {
    const { meeting, people, cut } = await three();
    const [host, bo, cy] = people;
    await host.client.request('role:set', { participant: bo.id, role: 'host' });
    await host.client.request('policy:set', { locked: true });
    await cut(people, ms);
    expect((await back(meeting, cy)).told).toEqual([
      '1 reconnecting host',
      '2 reconnecting host',
      '3 present participant',
    ]);
    expect((await back(meeting, bo)).told).toEqual([
      '1 reconnecting host',
      '2 present host',
      '3 present participant',
    ]);
    const { client, told } = await back(meeting, host);
    expect(told).toEqual(['1 present host', '2 present host', '3 present participant']);
    const removed = await client.request('participant:remove', { participant: cy.id });
    expect(removed.ok).toBe(true);
  },
);

test('R9 who does not come back is shown for 15 s after the first who does, and has 45 s', async () => {
  const { clock, meeting, people, cut } = await three();
  const [host, bo, cy] = people;
  await cut(people, 60_000);
  const { client } = await back(meeting, cy);
  clock.advance(14_900);
  expect(told((await client.join()).snapshot)).toHaveLength(3);
  clock.advance(200);
  expect(told((await client.join()).snapshot)).toEqual(['3 present participant']);
  clock.advance(29_700);
  expect((await back(meeting, bo)).told).toEqual([
    '2 present participant',
    '3 present participant',
  ]);
  clock.advance(400);
  const late = (await back(meeting, host)).told;
  expect(late.at(-1)).toBe('4 present host');
});

test('R9 R112 nobody is told to have left meanwhile; when nobody came for three minutes, all have', async () => {
  const receiver = await WebhookReceiver.start();
  const settings = { WEBHOOK_URLS: receiver.url, WEBHOOK_SECRET };
  const { clock, meeting, people, cut } = await three(settings);
  await cut(people, 5_900);
  expect(await countedAsLost(meeting.url)).toBe('3');
  clock.advance(100_000);
  expect(await countedAsLost(meeting.url)).toBe('0');
  const [host] = people;
  const returned = await back(meeting, host);
  expect(returned.told).toHaveLength(3);
  const again = { ...host, client: returned.client };
  await cut([again], 179_900);
  await askAdmission(meeting);
  await receiver.has(4);
  expect(receiver.types.slice(4)).toEqual([]);
  clock.advance(200);
  await receiver.has(8);
  const left = ['participant.left', 'participant.left', 'participant.left'];
  expect(receiver.types.slice(4)).toEqual([...left, 'meeting.ended']);
});

test('R9 where the server itself is started anew meanwhile, they are found all the same', async () => {
  const { meeting, people, cut, restart } = await three();
  await cut(people, 20_000);
  const url = await restart();
  const [, , cy] = people;
  expect((await back({ ...meeting, url }, cy)).told).toHaveLength(3);
});

test('R9 a page that was loaded anew has no links, and whoever is gone is not shown to it', async () => {
  const { meeting, people, cut } = await three();
  const [host, bo] = people;
  await cut(people, 20_000);
  expect((await back(meeting, bo, true)).told).toEqual(['2 present participant']);
  expect((await back(meeting, host)).told).toEqual([
    '1 present host',
    '2 present participant',
    '3 reconnecting participant',
  ]);
});

test('R9 whoever is still out from one outage is held through the next', async () => {
  const { meeting, people, cut } = await three();
  const [host, bo, cy] = people;
  await cut(people, 20_000);
  const { client } = await back(meeting, bo, true);
  await cut([{ ...bo, client }], 100_000);
  expect((await back(meeting, cy)).told).toEqual([
    '1 reconnecting host',
    '2 reconnecting participant',
    '3 present participant',
  ]);
  expect((await back(meeting, host)).told).toHaveLength(3);
});

test('R9 so is whoever is still out when the first one is back for a while and is lost again, for ten minutes', async () => {
  const { clock, meeting, people, cut } = await three();
  const [host, bo, cy] = people;
  await host.client.request('policy:set', { locked: true });
  await cut(people, 20_000);
  const comesAndGoes = async () => {
    const { client, told } = await back(meeting, host);
    clock.advance(20_000);
    await cut([{ ...host, client }], 60_000);
    return told.length;
  };
  for (let round = 0; round < 3; round++) expect(await comesAndGoes()).toBe(3);
  const { client, told } = await back(meeting, cy);
  const all = ['1 reconnecting host', '2 reconnecting participant', '3 present participant'];
  expect(told).toEqual(all);
  await cut([{ ...cy, client }], 60_000);
  for (let round = 4; round < 9; round++) expect(await comesAndGoes()).toBe(3);
  // Bo is gone for good.
  expect(await comesAndGoes()).toBe(2);
  await expect(back(meeting, bo)).rejects.toThrow('meeting-locked');
});

test('R9 who leaves last takes nobody with them who was lost before: they have 45 s', async () => {
  const { clock, meeting, people, cut } = await three();
  const [host, bo, cy] = people;
  await cut([bo, cy], 1_000);
  await host.client.request('meeting:leave', {});
  clock.advance(44_100);
  expect((await back(meeting, cy)).told).toEqual(['4 present participant']);
});
