import type { Role } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { at, redisWithNodes } from './nodes.ts';
import { stores } from './stores.ts';
import { newId, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, post, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };

/** Admitted, connected and seated, with what leads back. */
async function seated(meeting: TestMeeting, as: { invitation?: string } = {}) {
  const { token } = await admitted(meeting, as);
  const client = await TestClient.connect(meeting.url, token);
  const incarnation = newId();
  const { resume } = await client.join({ incarnation });
  const set = (participant: string, role: Role) =>
    client.request('role:set', { participant, role });
  return { client, token, incarnation, resume, id: client.participantId, set };
}

const hostOf = (meeting: TestMeeting) => seated(meeting, { invitation: meeting.hostToken });

function rolesSeenBy(client: TestClient): Record<string, Role> {
  const latest = client.heard['meeting:changed'].at(-1)?.participants ?? [];
  return Object.fromEntries(latest.map(({ id, role }) => [id, role]));
}

const sees = (client: TestClient, id: string, role: Role) =>
  client.until(`${id} as ${role}`, () => rolesSeenBy(client)[id] === role);

async function inviteStatus(meeting: TestMeeting, bearer: string): Promise<number> {
  const address = `${meeting.url}/api/meetings/${meeting.meetingId}/tokens`;
  return (await post(address, {}, { authorization: `Bearer ${bearer}` })).status;
}

test('R64 a host makes another one, who may all that hosts may, and unmakes them again', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const [ada, bo, cy] = [await hostOf(meeting), await seated(meeting), await seated(meeting)];
  expect(await bo.set(bo.id, 'host')).toEqual(refusedAs('forbidden'));
  expect(await ada.set(bo.id, 'host')).toEqual(done);
  for (const { client } of [ada, bo, cy]) await sees(client, bo.id, 'host');
  await bo.client.until('the door', () => bo.client.heard['door:changed'][0]);
  expect(await bo.client.request('policy:set', { locked: true })).toEqual(done);
  expect(await inviteStatus(meeting, bo.token)).toBe(201);
  expect(await inviteStatus(meeting, cy.token)).toBe(403);

  expect(await ada.set(bo.id, 'participant')).toEqual(done);
  await sees(bo.client, bo.id, 'participant');
  expect(await inviteStatus(meeting, bo.token)).toBe(403);
  expect(await bo.client.request('policy:set', { locked: false })).toEqual(refusedAs('forbidden'));
  await ada.client.request('participant:remove', { participant: cy.id });
  await ada.client.until('the removal', () => ada.client.heard['door:changed'][1]);
  expect(bo.client.heard['door:changed']).toHaveLength(1);
  expect(await ada.set(newId(), 'host')).toEqual(refusedAs('participant-not-found'));
  expect(await ada.set(ada.id, 'participant')).toEqual(refusedAs('forbidden'));
});

test('R64 whoever was unmade is no host again by any token they have', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const ada = await hostOf(meeting);
  const { answer } = await post(
    `${meeting.url}/api/meetings/${meeting.meetingId}/tokens`,
    { role: 'host' },
    { authorization: `Bearer ${ada.token}` },
  );
  const invitation = String(answer.invitation);
  const bo = await seated(meeting, { invitation });
  await ada.set(bo.id, 'participant');
  expect(await inviteStatus(meeting, bo.token)).toBe(403);
  expect(await inviteStatus(meeting, invitation)).toBe(403);
  await bo.client.request('meeting:leave', {});
  const again = await TestClient.connect(meeting.url, bo.token);
  await again.join();
  await sees(ada.client, bo.id, 'participant');
  expect((await admitted(meeting, { invitation })).role).toBe('participant');
  await ada.client.request('policy:set', { locked: true });
  expect(await askAdmission(meeting, { invitation })).toMatchObject({ status: 403 });
  // Made a host again, all of it counts again.
  await ada.set(bo.id, 'host');
  expect((await askAdmission(meeting, { invitation })).status).toBe(200);
});

test.each(stores)('R41 R64 roles outlive the server: %s', async (_name, make) => {
  const store = await make();
  const first = await store.start();
  const meeting = await makeMeeting(first.url);
  const [ada, bo] = [await hostOf(meeting), await seated(meeting)];
  await ada.set(bo.id, 'host');
  expect(await bo.set(ada.id, 'participant')).toEqual(done);
  await first.close();

  const again = { ...meeting, url: (await store.start()).url };
  for (const [one, role] of [
    [ada, 'participant'],
    [bo, 'host'],
  ] as const) {
    const back = await TestClient.connect(again.url, one.token);
    const { incarnation, resume } = one;
    const { snapshot, participantId } = await back.join({ incarnation, resume });
    expect(snapshot.participants.find(({ id }) => id === participantId)?.role).toBe(role);
  }
  // The very invitation that made the first host makes none any more, for whom another has unmade.
  expect((await admitted(again, { invitation: meeting.hostToken })).role).toBe('participant');
});

test('R9 R65 a host who drops is a host for 45 s, and only then the role is offered', async () => {
  const clock = new FakeClock();
  const meeting = await makeMeeting((await startTestServer({}, { clock })).url);
  const [ada, bo, cy] = [await hostOf(meeting), await seated(meeting), await seated(meeting)];
  clock.advance(1_000);
  ada.client.socket.disconnect();
  await bo.client.snapshot('one who reconnects', ({ participants }) =>
    participants.some(({ presence }) => presence === 'reconnecting'),
  );
  clock.advance(44_000);
  expect(await bo.client.request('role:claim', {})).toEqual(refusedAs('forbidden'));
  clock.advance(2_000);
  const { offered } = await cy.client.snapshot('an offer', (one) => one.offered !== undefined);
  expect(offered).toBe(bo.id);
  expect(await cy.client.request('role:claim', {})).toEqual(refusedAs('forbidden'));
  expect(await bo.client.request('role:claim', {})).toEqual(done);
  clock.advance(1_000);
  await sees(cy.client, bo.id, 'host');
  expect(cy.client.heard['meeting:changed'].at(-1)?.offered).toBeUndefined();
  expect(await cy.client.request('role:claim', {})).toEqual(refusedAs('forbidden'));
});

test('R9 the seat of a host who drops is held for them in a full meeting, too', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url, { capacity: 3 });
  const [ada, bo, cy] = [await hostOf(meeting), await seated(meeting), await seated(meeting)];
  for (const { client } of [ada, cy]) client.socket.disconnect();
  const shown = () => {
    clock.advance(1_000);
    return bo.client.heard['meeting:changed'].at(-1)?.participants.length;
  };
  await expect.poll(shown, { timeout: 20_000, interval: 20 }).toBe(1);
  // Whoever comes takes the place of a guest who may come back, not of the host.
  await seated(meeting);
  expect(await askAdmission(meeting)).toMatchObject({ answer: { error: 'meeting-full' } });
  const { incarnation, resume, token } = ada;
  const back = await TestClient.connect(url, token);
  await back.join({ incarnation, resume });
  expect(await back.request('policy:set', { locked: true })).toEqual(done);
});

test('R65 the offer goes to the next when whoever has it leaves, to nobody who came later, and ends with a host', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const [ada, bo, cy] = [await hostOf(meeting), await seated(meeting), await seated(meeting)];
  await ada.client.request('meeting:leave', {});
  const dee = await seated(meeting);
  await cy.client.snapshot('an offer to Bo', ({ offered }) => offered === bo.id);
  await bo.client.request('meeting:leave', {});
  await dee.client.snapshot('an offer to Cy', ({ offered }) => offered === cy.id);
  await cy.client.request('meeting:leave', {});
  await dee.client.snapshot(
    'no offer',
    ({ offered, participants }) => participants.length === 1 && offered === undefined,
  );
  expect(await dee.client.request('role:claim', {})).toEqual(refusedAs('forbidden'));
  const back = await hostOf(meeting);
  const eve = await seated(meeting);
  await back.client.request('meeting:leave', {});
  await eve.client.snapshot('an offer to Dee', ({ offered }) => offered === dee.id);
  await hostOf(meeting);
  await eve.client.snapshot('no offer', ({ offered }) => offered === undefined);
});

test('R65 whom a host has unmade is offered the role after all others, and who may not speak never', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const [ada, bo] = [await hostOf(meeting), await seated(meeting)];
  const [cy, dee] = [await seated(meeting), await seated(meeting)];
  await ada.set(bo.id, 'host');
  await ada.set(bo.id, 'participant');
  await ada.client.request('speech:set', { participant: cy.id, allowed: false });
  await ada.client.request('meeting:leave', {});
  const { offered } = await dee.client.snapshot('an offer', (one) => one.offered !== undefined);
  expect(offered).toBe(dee.id);
  for (const { client } of [bo, cy])
    expect(await client.request('role:claim', {})).toEqual(refusedAs('forbidden'));
  await dee.client.request('meeting:leave', {});
  await cy.client.snapshot('an offer to Bo', (one) => one.offered === bo.id);
  await bo.client.request('meeting:leave', {});
  await cy.client.snapshot('to be alone', ({ participants }) => participants.length === 1);
  expect(await cy.client.request('role:claim', {})).toEqual(refusedAs('forbidden'));
});

test('R65 where the meeting was made without succession, nobody is offered anything', async () => {
  const meeting = await makeMeeting((await startTestServer()).url, { succession: false });
  const [ada, bo] = [await hostOf(meeting), await seated(meeting)];
  await ada.client.request('meeting:leave', {});
  await bo.client.snapshot('to be alone', ({ participants }) => participants.length === 1);
  expect(bo.client.heard['meeting:changed'].some(({ offered }) => offered)).toBe(false);
  expect(await bo.client.request('role:claim', {})).toEqual(refusedAs('forbidden'));
});

test('R52 R64 roles are made and unmade across nodes', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const meeting = await makeMeeting(one.url);
  const [ada, bo] = [await hostOf(meeting), await seated(at(two, meeting))];
  await ada.set(bo.id, 'host');
  await bo.client.until('the door', () => bo.client.heard['door:changed'][0]);
  expect(await bo.set(ada.id, 'participant')).toEqual(done);
  await sees(ada.client, ada.id, 'participant');
  expect(await ada.set(bo.id, 'participant')).toEqual(refusedAs('forbidden'));
});
