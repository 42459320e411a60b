import type { Participant } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { seated } from './host-desk.ts';
import { stores } from './stores.ts';
import { TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';
import { comesToSee, hostOf, speechOf, three } from './three-people.ts';

const done = { ok: true, data: {} };
const isForbidden = ({ speech }: Participant) => speech === 'forbidden';

/** Leaves, and comes back with the token they had. */
async function comesBack(url: string, { client, token, id }: Awaited<ReturnType<typeof seated>>) {
  await client.request('meeting:leave', {});
  const back = await TestClient.connect(url, token);
  return speechOf((await back.join()).snapshot, id);
}

/** Whether somebody may speak who comes anew, and goes again. */
async function speechOfNewcomer(meeting: TestMeeting, invitation?: string) {
  const { token } = await admitted(meeting, { invitation });
  const client = await TestClient.connect(meeting.url, token);
  const { snapshot, participantId } = await client.join();
  await client.request('meeting:leave', {});
  return speechOf(snapshot, participantId);
}

test('R67 while somebody may not speak, a second tab may not either, asks to, and keeps it when a host allows that', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const { meeting, ada, bo, cy, allow } = await three(url);
  const before = await ada.desk.invite();
  clock.advance(2_000);
  expect(await allow(bo.id, false)).toEqual(done);
  clock.advance(2_000);
  const tab = await seated(meeting);
  clock.advance(1_000);
  for (const { client } of [ada, cy]) await comesToSee(client, tab.id, isForbidden);
  expect(await tab.client.request('speech:ask', { asks: true })).toEqual(done);
  clock.advance(1_000);
  await comesToSee(ada.client, tab.id, ({ speech }) => speech === 'asking');
  expect(await allow(tab.id, true)).toEqual(done);
  clock.advance(1_000);
  await comesToSee(cy.client, tab.id, ({ speech }) => speech === undefined);
  expect(await comesBack(url, tab)).toBeUndefined();
  // Who was there goes on as they were, and whoever may not speak comes back so.
  expect(await comesBack(url, cy)).toBeUndefined();
  expect(await comesBack(url, bo)).toBe('forbidden');
  expect(await speechOfNewcomer(meeting)).toBe('forbidden');
  // They may have had this invitation all the time, and not that one.
  expect(await speechOfNewcomer(meeting, before.invitation)).toBe('forbidden');
  const later = await ada.desk.invite();
  expect(await speechOfNewcomer(meeting, later.invitation)).toBeUndefined();
  expect(await speechOfNewcomer(meeting, meeting.hostToken)).toBeUndefined();
  expect(await allow(bo.id, true)).toEqual(done);
  expect(await speechOfNewcomer(meeting)).toBeUndefined();
});

test('R67 whoever came by an invitation may not speak by that, nor with the bare link from the same network', async () => {
  const meeting = await makeMeeting((await startTestServer({ TRUST_PROXY: '127.0.0.1' })).url);
  const ada = await hostOf(meeting);
  const [theirs, another] = [await ada.desk.invite(), await ada.desk.invite()];
  const { invitation } = theirs;
  const from = async (address: string, more: object = {}) => {
    const { answer } = await askAdmission(meeting, more, { 'x-forwarded-for': address });
    const client = await TestClient.connect(meeting.url, String(answer.token));
    const { snapshot, participantId } = await client.join();
    return { participantId, speech: speechOf(snapshot, participantId) };
  };
  const [home, elsewhere] = ['203.0.113.9', '198.51.100.7'];
  const { participantId: participant } = await from(home, { invitation });
  expect(await ada.client.request('speech:set', { participant, allowed: false })).toEqual(done);
  expect((await from(elsewhere, { invitation })).speech).toBe('forbidden');
  expect((await from(home)).speech).toBe('forbidden');
  expect((await from(home, { invitation: another.invitation })).speech).toBeUndefined();
  expect((await from(elsewhere)).speech).toBeUndefined();
});

test('R67 nobody is known again any more when everybody has gone', async () => {
  const { meeting, ada, bo, cy, allow } = await three((await startTestServer()).url);
  await allow(bo.id, false);
  for (const { client } of [ada, bo, cy]) await client.request('meeting:leave', {});
  expect(await speechOfNewcomer(meeting)).toBeUndefined();
});

test.each(stores)(
  'R41 R67 who is known again, and who may speak all the same, outlives the server: %s',
  async (_name, make) => {
    const store = await make();
    const first = await store.start();
    const { meeting, bo, cy, allow } = await three(first.url);
    await allow(bo.id, false);
    await bo.client.request('meeting:leave', {});
    await cy.client.request('meeting:leave', {});
    await first.close();

    const again = { ...meeting, url: (await store.start()).url };
    const back = await TestClient.connect(again.url, cy.token);
    expect(speechOf((await back.join()).snapshot, cy.id)).toBeUndefined();
    expect(await speechOfNewcomer(again)).toBe('forbidden');
  },
);
