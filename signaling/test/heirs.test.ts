import { expect, test } from 'vitest';
import { HostDesk, seated } from './host-desk.ts';
import { stores } from './stores.ts';
import { TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import { hostOf } from './three-people.ts';

const done = { ok: true, data: {} };
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
