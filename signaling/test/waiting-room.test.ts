import type { Notice } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { at, redisWithNodes } from './nodes.ts';
import { stores } from './stores.ts';
import { newId, someone, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };
const { hello } = someone();

/** A meeting with a waiting room, and its host. */
async function watched(url: string) {
  const meeting = await makeMeeting(url);
  const host = await hostOf(meeting);
  expect(await host.client.request('policy:set', { waitingRoom: true })).toEqual(done);
  return { meeting, host };
}

async function hostOf(meeting: TestMeeting) {
  const { token } = await admitted(meeting, { invitation: meeting.hostToken });
  const client = await TestClient.connect(meeting.url, token);
  const incarnation = newId();
  const { resume } = await client.join({ incarnation });
  const waiting = (ids: string[]) =>
    client.until(`${ids.length} who wait`, () =>
      client.heard['door:changed'].findLast(
        (door) => JSON.stringify(door.waiting.map(({ id }) => id)) === JSON.stringify(ids),
      ),
    );
  const admit = (...participants: string[]) => client.request('knock:admit', { participants });
  return { client, token, incarnation, resume, waiting, admit };
}

/** Admitted as far as the door, connected, with every frame that comes. */
async function arrives(meeting: TestMeeting) {
  const { token, participantId: id, waits } = await admitted(meeting);
  const { client, frames } = await atTheDoor(meeting.url, token);
  return { client, frames, token, id, waits };
}

async function atTheDoor(url: string, token: string) {
  const client = await TestClient.connect(url, token);
  const frames: string[] = [];
  client.socket.io.engine.on('packet', (packet) => frames.push(JSON.stringify(packet)));
  return { client, frames };
}

const knock = (client: TestClient) => client.request('door:knock', { incarnation: newId(), hello });

/** Who knocks, with the place in the queue. */
async function knocks(meeting: TestMeeting, place: number) {
  const one = await arrives(meeting);
  expect(await knock(one.client)).toMatchObject({ ok: true, data: { place } });
  return one;
}

const answered = ({ heard }: TestClient): Notice<'knock:answered'> | undefined =>
  heard['knock:answered'][0];

test('R70 R71 whoever comes waits until a host lets them in, in the order of knocking, and hosts come in at once', async () => {
  const { url } = await startTestServer();
  const { meeting, host } = await watched(url);
  const address = `${url}/api/meetings/${meeting.meetingId}`;
  expect(await (await fetch(address)).json()).toMatchObject({ waitingRoom: true });
  const [bo, cy, dee] = [
    await knocks(meeting, 1),
    await knocks(meeting, 2),
    await knocks(meeting, 3),
  ];
  expect(bo.waits).toBe(true);
  const { waiting } = await host.waiting([bo.id, cy.id, dee.id]);
  expect(waiting[0]).toMatchObject({ id: bo.id, hello });
  expect(await bo.client.request('meeting:join', someone())).toEqual(refusedAs('knock-required'));

  expect(await host.admit(cy.id)).toEqual(done);
  expect(await cy.client.until('the answer', () => answered(cy.client))).toEqual({
    admitted: true,
  });
  await dee.client.until('a better place', () => dee.client.heard['knock:placed'][0]);
  expect(dee.client.heard['knock:placed']).toEqual([{ place: 2 }]);
  await cy.client.join();
  const second = await hostOf(meeting);
  expect(second.client.heard['door:changed'].at(-1)?.waiting.map(({ id }) => id)).toEqual([
    bo.id,
    dee.id,
  ]);
  expect(cy.client.heard['door:changed']).toEqual([]);

  expect(await host.client.request('knock:deny', { participant: bo.id })).toEqual(done);
  await bo.client.until('to be sent away', () => bo.client.disconnected);
  expect(bo.client.heard['knock:answered']).toEqual([{ admitted: false }]);
  const again = await TestClient.connect(url, bo.token);
  expect(await knock(again)).toEqual(refusedAs('denied'));
  // Whoever comes by the link anew may ask once more.
  const back = await knocks(meeting, 2);
  await host.waiting([dee.id, back.id]);
  expect(await host.admit(dee.id, back.id)).toEqual(done);
  for (const { client } of [dee, back]) {
    await client.until('the answer', () => answered(client));
    await client.join();
  }
  await host.waiting([]);
  expect(await host.admit(newId())).toEqual(refusedAs('participant-not-found'));
});

test('R71 one connection knocks five times at once, and no more', async () => {
  const { meeting, host } = await watched((await startTestServer()).url);
  const mallory = await knocks(meeting, 1);
  for (let time = 2; time <= 5; time++)
    expect(await knock(mallory.client)).toMatchObject({ data: { place: 1 } });
  for (let time = 6; time <= 50; time++)
    expect(await knock(mallory.client)).toEqual(refusedAs('too-many-requests'));
  await host.waiting([mallory.id]);
  expect(host.client.heard['door:changed'].length).toBeLessThanOrEqual(7);
});

test('R71 nothing that reaches whoever waits tells of the people, of signals or of TURN', async () => {
  const { url } = await startTestServer({
    TURN_URLS: 'turn:127.0.0.1:3478',
    TURN_SECRET: 's'.repeat(40),
  });
  const { meeting, host } = await watched(url);
  const guest = await knocks(meeting, 1);
  await host.admit(guest.id);
  await guest.client.until('the answer', () => answered(guest.client));
  const { iceServers } = await guest.client.join();
  const mallory = await knocks(meeting, 1);
  for (const [event, payload] of [
    ['meeting:join', someone()],
    ['token:renew', {}],
    ['chat:read', { after: 0 }],
    ['chat:send', { id: newId(), sealed: 'c2VhbGVk' }],
    ['hand:raise', {}],
    ['presence:update', { microphone: true, camera: true }],
  ] as const)
    expect(await mallory.client.ask(event, payload)).toMatchObject({ ok: false });
  mallory.client.signal(newId());
  guest.client.signal(mallory.id);
  await guest.client.request('hand:raise', {});
  await guest.client.request('chat:send', { id: newId(), sealed: 'c2VhbGVk' });
  const sealed = 'Z3JlZXRpbmdz';
  await host.client.request('knock:tell', { participant: mallory.id, sealed });
  await mallory.client.until('the word', () => mallory.client.heard['knock:told'][0]);
  await guest.client.until('a refusal', () => guest.client.heard['signal:refused'][0]);

  const read = mallory.frames.join('\n');
  expect(read).toContain('Z3JlZXRpbmdz');
  const { credential = 'none' } = iceServers.find((one) => one.credential) ?? {};
  expect(credential).not.toBe('none');
  for (const secret of [host.client.participantId, guest.id, credential, 'turn:', 'snapshot'])
    expect(read).not.toContain(secret);
  const told = Object.entries(mallory.client.heard).filter(([, all]) => all.length > 0);
  expect(told.map(([name]) => name)).toEqual(['signal:refused', 'knock:told']);
  expect(mallory.client.heard['signal:refused']).toMatchObject([{ error: 'wrong-state' }]);
});

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

/** Does something again and again, a little apart, until it shows. */
async function until(act: () => void, shows: () => boolean): Promise<void> {
  while (!shows()) {
    act();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('R62 R71 after a removal, the bare link from there knocks even without a waiting room, and hosts are told', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const host = await hostOf(meeting);
  const bo = await arrives(meeting);
  expect(bo.waits).toBeUndefined();
  await bo.client.join();
  await host.client.request('participant:remove', { participant: bo.id });
  const back = await knocks(meeting, 1);
  expect(back.waits).toBe(true);
  const { waiting } = await host.waiting([back.id]);
  expect(waiting[0]?.resembles).toBe(true);
  await host.client.request('policy:set', { waitingRoom: false });
  expect(back.client.heard['knock:answered']).toEqual([]);
  await host.admit(back.id);
  await back.client.until('the answer', () => answered(back.client));
  await back.client.join();
});

test('R70 where the waiting room is closed, all who wait come in; a locked one lets in whom a host lets in', async () => {
  const { url } = await startTestServer();
  const { meeting, host } = await watched(url);
  const [bo, cy] = [await knocks(meeting, 1), await knocks(meeting, 2)];
  const early = await arrives(meeting);
  await host.client.request('policy:set', { locked: true });
  expect(await knock(early.client)).toEqual(refusedAs('meeting-locked'));
  expect(await askAdmission(meeting)).toMatchObject({ answer: { error: 'meeting-locked' } });
  await host.admit(bo.id);
  await bo.client.until('the answer', () => answered(bo.client));
  await bo.client.join();
  await host.client.request('policy:set', { locked: false, waitingRoom: false });
  await cy.client.until('the answer', () => answered(cy.client));
  await cy.client.join();
  expect(await knock(early.client)).toMatchObject({ data: { place: 0 } });
  await early.client.join();
  expect(await early.client.request('door:knock', { incarnation: newId(), hello })).toEqual(
    refusedAs('wrong-state'),
  );
  for (const change of [{}, { waitingRoom: 1 }, { waitingRoom: true, other: true }])
    expect(await host.client.ask('policy:set', change)).toEqual(refusedAs('invalid-payload'));
});

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
