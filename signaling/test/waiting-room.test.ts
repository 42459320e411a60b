import type { Payload } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { newId, someone, TestClient } from './test-client.ts';
import { askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import { answered, arrives, hostOf, knock, knocks, watched } from './waiting-people.ts';

const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };
const { hello } = someone();

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

test('R69 R71 the end is told once to everybody: at the door, let in and not come yet, or with a seat', async () => {
  const { url } = await startTestServer();
  const { meeting, host } = await watched(url);
  const [waits, comes, sits] = [
    await knocks(meeting, 1),
    await knocks(meeting, 2),
    await knocks(meeting, 3),
  ];
  const elsewhere = await watched(url);
  const other = await knocks(elsewhere.meeting, 1);
  await host.waiting([waits.id, comes.id, sits.id]);
  expect(await host.admit(comes.id, sits.id)).toEqual(done);
  await sits.client.join();

  expect(await host.client.request('meeting:end', {})).toEqual(done);
  for (const { client } of [waits, comes, sits, host])
    await client.until('to be sent away', () => client.disconnected);
  for (const { client } of [waits, comes, sits, host])
    expect(client.heard['meeting:ended']).toEqual([{}]);
  expect(await elsewhere.host.admit(other.id)).toEqual(done);
  expect(other.client.heard['meeting:ended']).toEqual([]);
});

test('R71 one connection knocks five times at once, and no more', async () => {
  const clock = new FakeClock();
  const { meeting, host } = await watched((await startTestServer({}, { clock })).url);
  const mallory = await knocks(meeting, 1);
  for (let time = 2; time <= 5; time++)
    expect(await knock(mallory.client)).toMatchObject({ data: { place: 1 } });
  for (let time = 6; time <= 50; time++)
    expect(await knock(mallory.client)).toEqual(refusedAs('too-many-requests'));
  clock.advance(1_000);
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

test('R70 a locked meeting lets nobody in whose waiting room is closed, nor does a passcode that they have not said', async () => {
  const clock = new FakeClock();
  const { meeting, host } = await watched((await startTestServer({}, { clock })).url);
  const bo = await knocks(meeting, 1);
  clock.advance(2_000);
  const set = (policy: Payload<'policy:set'>) => host.client.request('policy:set', policy);
  await set({ passcode: 'sesame', locked: true });
  clock.advance(2_000);
  await set({ waitingRoom: false });
  await set({ locked: false });
  expect(await bo.client.request('meeting:join', someone())).toEqual(
    refusedAs('passcode-required'),
  );
  expect(answered(bo.client)).toBeUndefined();
  await set({ passcode: null, waitingRoom: true });
  await set({ locked: true, waitingRoom: false });
  expect(await bo.client.request('meeting:join', someone())).toEqual(refusedAs('meeting-locked'));
  await set({ locked: false });
  await bo.client.until('the answer', () => answered(bo.client));
  await bo.client.join();
});

test('R70 who goes on waiting for want of a passcode comes in when none is asked for any more', async () => {
  const clock = new FakeClock();
  const { meeting, host } = await watched((await startTestServer({}, { clock })).url);
  const bo = await knocks(meeting, 1);
  clock.advance(2_000);
  const set = (policy: Payload<'policy:set'>) => host.client.request('policy:set', policy);
  await set({ passcode: 'sesame' });
  await set({ waitingRoom: false });
  expect(answered(bo.client)).toBeUndefined();
  await set({ passcode: null });
  await bo.client.until('the answer', () => answered(bo.client));
  await bo.client.join();
});

test('R71 whoever was let in and does not come has to ask again, whatever they send meanwhile', async () => {
  const clock = new FakeClock();
  const { meeting, host } = await watched((await startTestServer({}, { clock })).url);
  const [bo, cy] = [await knocks(meeting, 1), await knocks(meeting, 2)];
  expect(await host.admit(bo.id, cy.id)).toEqual(done);
  await cy.client.until('the answer', () => answered(cy.client));
  clock.advance(50_000);
  // To come back to the door is no coming in, and takes nothing away either.
  for (const { client } of [bo, cy])
    expect(await knock(client)).toMatchObject({ data: { place: 0 } });
  await cy.client.join();
  clock.advance(50_000);
  expect(await bo.client.request('meeting:join', someone())).toEqual(refusedAs('knock-required'));
  expect(await knock(bo.client)).toMatchObject({ data: { place: 1 } });
  await host.waiting([bo.id]);
});

test('R71 no more are let in than there are seats; the others keep their places, and come when somebody has left', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url, { capacity: 3, waitingRoom: true });
  const host = await hostOf(meeting);
  const [ada, bo, cy, di] = [
    await knocks(meeting, 1),
    await knocks(meeting, 2),
    await knocks(meeting, 3),
    await knocks(meeting, 4),
  ];
  const all = [ada, bo, cy, di].map(({ id }) => id);
  expect(await host.admit(...all)).toEqual({ ok: true, data: {} });
  await host.waiting([cy.id, di.id]);
  // Those two are on their way.
  expect(await host.admit(cy.id)).toEqual({ ok: false, error: 'meeting-full' });
  for (const { client } of [ada, bo]) await client.join();
  expect(await host.admit(...all)).toEqual({ ok: false, error: 'meeting-full' });
  await bo.client.request('meeting:leave', {});
  expect(await host.admit(di.id, cy.id)).toEqual({ ok: true, data: {} });
  await host.waiting([di.id]);
  await cy.client.join();
  expect(answered(di.client)).toBeUndefined();
});
