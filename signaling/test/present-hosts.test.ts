import type { Role } from '@confab/protocol';
import { expect, test } from 'vitest';
import { HostDesk, seated } from './host-desk.ts';
import { stores } from './stores.ts';
import { newId, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';

const done = { ok: true, data: {} };
const removed = { status: 403, answer: { error: 'removed' } };

type Someone = Awaited<ReturnType<typeof seated>>;
type Way = 'hostToken' | 'seat';

const removes = (host: Someone, { id: participant }: { id: string }) =>
  host.client.request('participant:remove', { participant });
const sets = (host: Someone, { id: participant }: { id: string }, role: Role) =>
  host.client.request('role:set', { participant, role });

/** Ada, who has made a meeting, and Bo, whom she has invited as a host: by her `hostToken` before she came, or by her seat. */
async function adaAndBo(url: string, way: Way) {
  const meeting = await makeMeeting(url);
  const byToken = new HostDesk(meeting, meeting.hostToken);
  const ada = await seated(meeting, { invitation: meeting.hostToken });
  const desk = way === 'seat' ? ada.desk : byToken;
  const bosOwn = await desk.invite({ role: 'host' });
  const bo = await seated(meeting, { invitation: bosOwn.invitation });
  return { meeting, byToken, ada, desk, bosOwn, bo };
}

const falls = (['hostToken', 'seat'] as const).flatMap((way): [string, Way, typeof removes][] => [
  [`removes: ${way}`, way, removes],
  [`unmakes: ${way}`, way, (host, other) => sets(host, other, 'participant')],
]);

test.each(falls)(
  'R62 R64 a host invites as before, and whom they invited come, where they came by the word of one whom a host %s',
  async (_name, way, fall) => {
    const { meeting, ada, bosOwn, bo } = await adaAndBo((await startTestServer()).url, way);
    const before = await bo.desk.invite({ role: 'host' });
    // Bo's invitation is Ada's too, who made it: it shows her nothing of Bo's.
    const byBosOwn = await new HostDesk(meeting, bosOwn.invitation).list();
    expect(byBosOwn.map(({ invitation }) => invitation)).not.toContain(before.invitation);
    expect(await fall(bo, ada)).toEqual(done);

    const afterwards = await bo.desk.invite({ role: 'host' });
    for (const { invitation } of [before, afterwards]) {
      const { id, desk, client } = await seated(meeting, { invitation });
      expect(await client.request('policy:set', { locked: false })).toEqual(done);
      // Whom they invite in turn, and whoever wants to revoke.
      const further = await desk.invite({ role: 'host' });
      expect((await admitted(meeting, { invitation: further.invitation })).role).toBe('host');
      await desk.revoke(further.id);
      expect(await removes(bo, { id })).toEqual(done);
      expect(await askAdmission(meeting, { invitation })).toMatchObject(removed);
    }
    const { invitation } = await bo.desk.invite();
    expect((await admitted(meeting, { invitation })).role).toBe('participant');
  },
);

test.each(['hostToken', 'seat'] as const)(
  'R62 nothing that was put aside before brings back who was removed by a host they had invited: by %s',
  async (way) => {
    const { meeting, ada, desk, bosOwn, bo, byToken } = await adaAndBo(
      (await startTestServer()).url,
      way,
    );
    const spare = await desk.invite({ role: 'host' });
    // Ada under another name, who invites once more and goes; and who comes and stays by the hostToken itself.
    const other = await seated(meeting, { invitation: spare.invitation });
    const hidden = await other.desk.invite({ role: 'host' });
    await other.client.request('meeting:leave', {});
    const phone = await seated(meeting, { invitation: meeting.hostToken });
    const fromPhone = await phone.desk.invite({ role: 'host' });
    expect(await removes(bo, ada)).toEqual(done);

    for (const { invitation } of [
      { invitation: meeting.hostToken },
      ...[bosOwn, spare, hidden, fromPhone],
    ]) {
      expect(await askAdmission(meeting, { invitation })).toMatchObject(removed);
      expect(await new HostDesk(meeting, invitation).ask('POST', 'tokens', {})).toMatchObject({
        status: 403,
        answer: { error: 'forbidden' },
      });
    }
    for (const { token } of [ada, other])
      await expect(TestClient.connect(meeting.url, token)).rejects.toThrow('removed');
    expect((await byToken.ask('GET', 'tokens')).status).toBe(403);
    // A host by the very same invitation goes on as long as they are there.
    const { invitation } = await phone.desk.invite({ role: 'host' });
    expect((await admitted(meeting, { invitation })).role).toBe('host');
    await phone.client.request('meeting:leave', {});
    await expect(TestClient.connect(meeting.url, phone.token)).rejects.toThrow('removed');
  },
);

test.each(stores)(
  'R41 R62 a host and their guests outlive the server and the removal of who invited the host: %s',
  async (_name, make) => {
    const store = await make();
    const first = await store.start();
    const { meeting, ada, bosOwn, bo } = await adaAndBo(first.url, 'seat');
    const { invitation } = await bo.desk.invite({ role: 'host' });
    await removes(bo, ada);
    await bo.client.request('meeting:leave', {});
    await first.close();

    const again = { ...meeting, url: (await store.start()).url };
    const back = await TestClient.connect(again.url, bo.token);
    await back.join({ incarnation: newId() });
    expect(await back.request('policy:set', { locked: true })).toEqual(done);
    expect((await admitted(again, { invitation })).role).toBe('host');
    expect(await askAdmission(again, { invitation: bosOwn.invitation })).toMatchObject(removed);
  },
);

test('R64 of two devices by one invitation that were both unmade and made hosts again, neither is one by it when unmade once more', async () => {
  const { meeting, ada, bo } = await adaAndBo((await startTestServer()).url, 'hostToken');
  const invitation = meeting.hostToken;
  const roleNow = async () => (await admitted(meeting, { invitation })).role;
  await sets(bo, ada, 'participant');
  const devices = [await seated(meeting, { invitation }), await seated(meeting, { invitation })];
  for (const device of devices) expect(await sets(bo, device, 'host')).toEqual(done);
  expect(await roleNow()).toBe('host');
  const [, second = ada] = devices;
  expect(await sets(bo, second, 'participant')).toEqual(done);
  expect(await roleNow()).toBe('participant');
  await second.client.request('meeting:leave', {});
  const back = await TestClient.connect(meeting.url, second.token);
  await back.join({ incarnation: newId() });
  expect(await back.request('policy:set', { locked: true })).toEqual({
    ok: false,
    error: 'forbidden',
  });
});
