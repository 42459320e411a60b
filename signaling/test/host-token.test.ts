import type { Role } from '@confab/protocol';
import { expect, test } from 'vitest';
import { HostDesk } from './host-desk.ts';
import { newId, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const done = { ok: true, data: {} };

async function seated(meeting: TestMeeting, invitation?: string) {
  const { token } = await admitted(meeting, { ...(invitation !== undefined && { invitation }) });
  const client = await TestClient.connect(meeting.url, token);
  const incarnation = newId();
  const { resume } = await client.join({ incarnation });
  const set = (participant: string, role: Role) =>
    client.request('role:set', { participant, role });
  const remove = (participant: string) => client.request('participant:remove', { participant });
  return { client, token, incarnation, resume, id: client.participantId, set, remove };
}

/** A meeting whose maker has invited another host by their `hostToken` before, or, once there, by their seat. */
async function madeWithCohost(how: 'hostToken' | 'seat') {
  const meeting = await makeMeeting((await startTestServer()).url);
  const byToken = new HostDesk(meeting, meeting.hostToken);
  const maker = await seated(meeting, meeting.hostToken);
  const desk = how === 'hostToken' ? byToken : new HostDesk(meeting, maker.token);
  // Put aside, should the worst come.
  const spare = await byToken.invite({ role: 'host' });
  const { invitation } = await desk.invite({ role: 'host' });
  const bo = await seated(meeting, invitation);
  return { meeting, maker, bo, byToken, spare };
}

test.each(['hostToken', 'seat'] as const)(
  'R64 whoever made the meeting and was unmade is no host again by the hostToken: by a host invited by %s',
  async (how) => {
    const { meeting, maker, bo, byToken, spare } = await madeWithCohost(how);
    expect(await bo.set(maker.id, 'participant')).toEqual(done);
    const { hostToken } = meeting;
    expect((await byToken.ask('POST', 'tokens', { role: 'host' })).status).toBe(403);
    expect((await byToken.ask('GET', 'tokens')).status).toBe(403);
    await maker.client.request('meeting:leave', {});
    for (const invitation of [hostToken, spare.invitation])
      expect((await admitted(meeting, { invitation })).role).toBe('participant');
    // Whoever unmade them goes on being a host, also after a reload.
    const again = await TestClient.connect(meeting.url, bo.token);
    await again.join({ incarnation: newId(), resume: bo.resume });
    expect(await again.request('policy:set', { locked: true })).toEqual(done);
    expect((await askAdmission(meeting, { invitation: hostToken })).status).toBe(403);
  },
);

test.each(['hostToken', 'seat'] as const)(
  'R62 whoever made the meeting and was removed comes back by the hostToken no more: by a host invited by %s',
  async (how) => {
    const { meeting, maker, bo, byToken, spare } = await madeWithCohost(how);
    expect(await bo.remove(maker.id)).toEqual(done);
    for (const invitation of [meeting.hostToken, spare.invitation])
      expect(await askAdmission(meeting, { invitation })).toMatchObject({
        status: 403,
        answer: { error: 'removed' },
      });
    expect((await byToken.ask('POST', 'tokens', {})).status).toBe(403);
    expect(await bo.client.request('participant:readmit', { participant: maker.id })).toEqual(done);
    expect((await admitted(meeting, { invitation: meeting.hostToken })).role).toBe('host');
  },
);

test('R64 unmade once more after having been made a host again, they are none by the hostToken either', async () => {
  const { meeting, maker, bo } = await madeWithCohost('hostToken');
  const { hostToken } = meeting;
  await bo.set(maker.id, 'participant');
  await maker.client.request('meeting:leave', {});
  const back = await seated(meeting, hostToken);
  expect(await bo.set(back.id, 'host')).toEqual(done);
  expect((await admitted(meeting, { invitation: hostToken })).role).toBe('host');
  expect(await bo.set(back.id, 'participant')).toEqual(done);
  expect((await admitted(meeting, { invitation: hostToken })).role).toBe('participant');
});

test('R69 the end of the meeting is the end of its hostToken', async () => {
  const { meeting, bo, byToken } = await madeWithCohost('hostToken');
  await bo.client.request('meeting:end', {});
  const ended = { status: 410, answer: { error: 'meeting-ended' } };
  expect(await askAdmission(meeting, { invitation: meeting.hostToken })).toMatchObject(ended);
  expect(await byToken.ask('POST', 'tokens', {})).toMatchObject(ended);
});
