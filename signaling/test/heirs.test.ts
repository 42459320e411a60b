import { expect, test } from 'vitest';
import { HostDesk, seated } from './host-desk.ts';
import { stores } from './stores.ts';
import { TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import { hostOf } from './three-people.ts';

const KEY = 'kq83hd92msla01xp';
const done = { ok: true, data: {} };
const anHour = {
  start: `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T09:00`,
  duration: 60,
  timeZone: 'Europe/Berlin',
};
type Someone = Awaited<ReturnType<typeof seated>>;

const removes = (host: Someone, { id: participant }: { id: string }) =>
  host.client.request('participant:remove', { participant });
const sets = (host: Someone, { id: participant }: { id: string }, role: 'host' | 'participant') =>
  host.client.request('role:set', { participant, role });

/** A meeting whose maker has left and come back: meanwhile Bo, a guest, has taken the role that was offered. */
async function withHeir(url: string) {
  const meeting = await makeMeeting(url);
  const [ada, bo] = [await hostOf(meeting), await seated(meeting)];
  await ada.client.request('meeting:leave', {});
  await bo.client.snapshot('the offer', ({ offered }) => offered === bo.id);
  expect(await bo.client.request('role:claim', {})).toEqual(done);
  return { meeting, bo };
}

test('R65 a host by succession sends the maker out, who comes back by the `hostToken` as a host all the same', async () => {
  const { meeting, bo } = await withHeir((await startTestServer()).url);
  const sentOut = await hostOf(meeting);
  expect(await removes(bo, sentOut)).toEqual(done);
  await sentOut.client.until('to be sent out', () => sentOut.client.disconnected);
  // The seat they had is gone for good.
  await expect(TestClient.connect(meeting.url, sentOut.token)).rejects.toThrow('removed');
  const back = await hostOf(meeting);
  expect(await sets(bo, back, 'participant')).toEqual(done);
  expect(await new HostDesk(meeting, meeting.hostToken).list()).toEqual([]);
  const again = await hostOf(meeting);
  expect(await again.client.request('policy:set', { locked: true })).toEqual(done);
  expect(await sets(again, bo, 'participant')).toEqual(done);
});

test('R65 nobody has more than that by the word of a host by succession: not whom they make a host, not whom they invite', async () => {
  const { meeting, bo } = await withHeir((await startTestServer()).url);
  const cy = await seated(meeting);
  expect(await sets(bo, cy, 'host')).toEqual(done);
  const byBo = await bo.desk.invite({ role: 'host' });
  const byBos = await new HostDesk(meeting, byBo.invitation).invite({ role: 'host' });
  // Invited by somebody who has no seat.
  const { token } = await admitted(meeting, { invitation: byBo.invitation });
  const byNobodySeated = await new HostDesk(meeting, token).invite({ role: 'host' });
  const [dee, eve, fay] = [
    await seated(meeting, { invitation: byBo.invitation }),
    await seated(meeting, { invitation: byBos.invitation }),
    await seated(meeting, { invitation: byNobodySeated.invitation }),
  ];
  for (const host of [cy, dee, eve, fay])
    expect(await removes(host, await hostOf(meeting))).toEqual(done);
  expect((await admitted(meeting, { invitation: meeting.hostToken })).role).toBe('host');
});

test('R62 R65 whom the maker makes a host, and whoever runs the server, bar the maker for good', async () => {
  const { meeting, bo } = await withHeir((await startTestServer()).url);
  const ada = await hostOf(meeting);
  await sets(ada, bo, 'participant');
  await sets(ada, bo, 'host');
  expect(await removes(bo, ada)).toEqual(done);
  expect(await askAdmission(meeting, { invitation: meeting.hostToken })).toMatchObject({
    answer: { error: 'removed' },
  });
});

test.each(stores)(
  'R41 R65 a host by succession is one after a restart of the server too: %s',
  async (_name, make) => {
    const store = await make();
    const first = await store.start();
    const { meeting, bo } = await withHeir(first.url);
    const { invitation } = await bo.desk.invite({ role: 'host' });
    await first.close();

    const again = { ...meeting, url: (await store.start()).url };
    const { incarnation, resume } = bo;
    const back = await TestClient.connect(again.url, bo.token);
    await back.join({ incarnation, resume });
    const ada = await hostOf(again);
    expect(await removes({ ...bo, client: back }, ada)).toEqual(done);
    const other = await seated(again, { invitation });
    expect(await removes(other, await hostOf(again))).toEqual(done);
    await hostOf(again);
  },
);

test('R65 nor does a host by succession take back what makes others hosts, set a schedule, or end what others have planned', async () => {
  const { url } = await startTestServer({ API_KEYS: KEY });
  const meeting = await makeMeeting(url, undefined, KEY);
  const byKey = await new HostDesk(meeting, KEY).invite({ role: 'host' });
  const teacher = await seated(meeting, { invitation: byKey.invitation });
  const byTeacher = await teacher.desk.invite({ role: 'host' });
  const forGuests = await teacher.desk.invite();
  const pupil = await seated(meeting);
  await teacher.client.request('meeting:leave', {});
  await pupil.client.snapshot('the offer', ({ offered }) => offered === pupil.id);
  expect(await pupil.client.request('role:claim', {})).toEqual(done);
  const own = await pupil.desk.invite({ role: 'host' });
  const byOwn = new HostDesk(meeting, own.invitation);
  const forbidden = { status: 403, answer: { error: 'forbidden' } };
  for (const desk of [pupil.desk, byOwn]) {
    for (const { id } of [byKey, byTeacher])
      expect(await desk.ask('DELETE', `tokens/${id}`)).toMatchObject(forbidden);
    for (const schedule of [null, anHour])
      expect(await desk.ask('PUT', 'schedule', { schedule })).toMatchObject(forbidden);
  }
  expect(await pupil.client.request('meeting:end', {})).toEqual({ ok: false, error: 'forbidden' });
  await pupil.desk.revoke(forGuests.id);
  await pupil.desk.revoke(own.id);
  const back = await seated(meeting, { invitation: byKey.invitation });
  expect(await back.desk.setSchedule(anHour)).toEqual(anHour);
  await back.desk.revoke(byTeacher.id);
  expect(await back.client.request('meeting:end', {})).toEqual(done);
});

test('R65 R69 a host by succession ends a meeting that nobody has planned to go on, and none that is scheduled', async () => {
  const { url } = await startTestServer();
  for (const isScheduled of [true, false]) {
    const { meeting, bo } = await withHeir(url);
    const maker = new HostDesk(meeting, meeting.hostToken);
    if (isScheduled) await maker.setSchedule(anHour);
    expect((await bo.client.request('meeting:end', {})).ok).toBe(!isScheduled);
  }
});
