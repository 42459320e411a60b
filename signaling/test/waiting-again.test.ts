import { expect, test } from 'vitest';
import { Memory } from '../src/store/memory.ts';
import { FakeClock } from './fake-clock.ts';
import { FaultyMedium } from './faulty-medium.ts';
import { at, redisWithNodes } from './nodes.ts';
import { stores } from './stores.ts';
import { newId, someone, TestClient } from './test-client.ts';
import { startTestServer } from './test-server.ts';
import { answered, atTheDoor, hostOf, knock, knocks, watched } from './waiting-people.ts';

const done = { ok: true, data: {} };
const refusedAs = (error: string) => ({ ok: false, error });
const { hello } = someone();

test('R71 whoever is cut off comes back to their place, and is forgotten after 45 s; who goes is gone at once', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const { meeting, host } = await watched(url);
  const [bo, cy] = [await knocks(meeting, 1), await knocks(meeting, 2)];
  await host.waiting([bo.id, cy.id]);
  clock.advance(70_000);
  // Waiting is no idling: nobody is closed for having no seat.
  expect(await cy.client.request('door:knock', { incarnation: newId(), hello })).toMatchObject({
    data: { place: 2 },
  });
  expect(bo.client.disconnected).toBeNull();
  bo.client.socket.disconnect();
  const back = await atTheDoor(url, bo.token);
  expect(await knock(back.client)).toMatchObject({ data: { place: 1 } });
  const tab = await atTheDoor(url, bo.token);
  expect(await knock(tab.client)).toMatchObject({ data: { place: 1 } });
  await back.client.until('the end', () => back.client.disconnected);
  expect(back.client.heard['seat:taken']).toEqual([{}]);

  tab.client.socket.disconnect();
  await until(
    () => clock.advance(1_000),
    () => host.client.heard['door:changed'].at(-1)?.waiting.length === 1,
  );
  await cy.client.until(
    'the first place',
    () => cy.client.heard['knock:placed'].at(-1)?.place === 1,
  );
  clock.advance(46_000);
  const late = await atTheDoor(url, bo.token);
  expect(await knock(late.client)).toMatchObject({ data: { place: 2 } });
  await host.waiting([cy.id, bo.id]);
  expect(await late.client.request('meeting:leave', {})).toEqual(done);
  await host.waiting([cy.id]);
});

test('R71 who was let in and has not come can still be sent away, and comes no more when the meeting is locked', async () => {
  const clock = new FakeClock();
  const { meeting, host } = await watched((await startTestServer({}, { clock })).url);
  const [bo, cy, dee, eve] = [
    await knocks(meeting, 1),
    await knocks(meeting, 2),
    await knocks(meeting, 3),
    await knocks(meeting, 4),
  ];
  await host.admit(bo.id, cy.id, dee.id);
  expect(await host.client.request('knock:deny', { participant: bo.id })).toEqual(done);
  expect(await host.client.request('participant:remove', { participant: cy.id })).toEqual(done);
  for (const { client, token } of [bo, cy]) {
    await client.until('to be sent away', () => client.disconnected);
    expect(client.heard['knock:answered']).toEqual([{ admitted: true }, { admitted: false }]);
    expect(client.heard['seat:removed']).toEqual([]);
    const back = await TestClient.connect(meeting.url, token);
    expect(await knock(back)).toEqual(refusedAs('denied'));
    expect(await back.request('meeting:join', someone())).toEqual(refusedAs('knock-required'));
  }
  clock.advance(15_000);
  await host.client.request('policy:set', { locked: true });
  expect(await knock(dee.client)).toEqual(refusedAs('meeting-locked'));
  expect(await dee.client.request('meeting:join', someone())).toEqual(refusedAs('meeting-locked'));
  // Who waits goes on waiting, and whom a host lets in after locking comes.
  await host.admit(eve.id);
  expect(await host.client.request('policy:set', { locked: true })).toEqual(done);
  await eve.client.join();
});

test('R71 whoever was let in just before the meeting is locked is on their way, and comes', async () => {
  const clock = new FakeClock();
  const { meeting, host } = await watched((await startTestServer({}, { clock })).url);
  const [bo, cy] = [await knocks(meeting, 1), await knocks(meeting, 2)];
  await host.admit(bo.id, cy.id);
  clock.advance(14_999);
  expect(await host.client.request('policy:set', { locked: true })).toEqual(done);
  await bo.client.join();
  clock.advance(40_000);
  await cy.client.join();
});

test('R41 R71 a lock that cannot be kept takes nobody’s way in', async () => {
  const clock = new FakeClock();
  const medium = new FaultyMedium(new Memory());
  const { url } = await startTestServer({}, { clock, medium });
  const { meeting, host } = await watched(url);
  const bo = await knocks(meeting, 1);
  await host.admit(bo.id);
  clock.advance(20_000);
  medium.breakDown();
  expect(await host.client.request('policy:set', { locked: true })).toEqual(refusedAs('internal'));
  medium.repair();
  await expect
    .poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 20_000 })
    .toBe(200);
  await bo.client.join();
});

/**
 * Does something again and again until it shows, so far apart that what it leads to can be told in between: an hour of seconds,
 * passed as fast as they can be, ends the tokens of everybody who is looked at.
 */
async function until(act: () => void, shows: () => boolean): Promise<void> {
  while (!shows()) {
    act();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test.each(stores)(
  'R41 R71 the queue outlives the server, and so does being let in: %s',
  async (_name, make) => {
    const store = await make();
    const first = await store.start();
    const { meeting, host } = await watched(first.url);
    const [bo, cy, dee] = [
      await knocks(meeting, 1),
      await knocks(meeting, 2),
      await knocks(meeting, 3),
    ];
    await host.admit(bo.id);
    await first.close();

    const { url } = await store.start();
    const [dees, cys, bos] = [
      await atTheDoor(url, dee.token),
      await atTheDoor(url, cy.token),
      await atTheDoor(url, bo.token),
    ];
    expect(await knock(dees.client)).toMatchObject({ data: { place: 2 } });
    expect(await knock(cys.client)).toMatchObject({ data: { place: 1 } });
    expect(await bos.client.request('meeting:join', someone())).toMatchObject({ ok: true });
    const back = await TestClient.connect(url, host.token);
    await back.join({ incarnation: host.incarnation, resume: host.resume });
    await back.until('both', () =>
      back.heard['door:changed'].find(({ waiting }) => waiting[0]?.id === cy.id && waiting[1]),
    );
  },
);

test('R52 R69 R71 people wait at any node, and are let in, sent away, or told of the end there', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const { meeting } = await watched(one.url);
  const host = await hostOf(at(two, meeting));
  const [bo, cy] = [await knocks(at(two, meeting), 1), await knocks(meeting, 2)];
  const [dee, eve] = [await knocks(at(two, meeting), 3), await knocks(at(two, meeting), 4)];
  await host.waiting([bo.id, cy.id, dee.id, eve.id]);
  await host.admit(bo.id, cy.id);
  for (const { client } of [bo, cy]) {
    await client.until('the answer', () => answered(client));
    await client.join();
  }
  await dee.client.until(
    'the first place',
    () => dee.client.heard['knock:placed'].at(-1)?.place === 1,
  );
  await host.client.request('knock:deny', { participant: dee.id });
  await dee.client.until('to be sent away', () => dee.client.disconnected);
  expect(answered(dee.client)).toEqual({ admitted: false });
  eve.client.socket.disconnect();
  const back = await atTheDoor(one.url, eve.token);
  expect(await knock(back.client)).toMatchObject({ data: { place: 1 } });
  await host.client.request('meeting:end', {});
  await back.client.until('the end', () => back.client.heard['meeting:ended'][0]);
});
