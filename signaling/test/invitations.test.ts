import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { HostDesk, seated } from './host-desk.ts';
import { at, redisWithNodes } from './nodes.ts';
import { stores } from './stores.ts';
import { newId, someone, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const API_KEY = 'kq83hd92msla01xp';
const label = 'AQcQ_-QQ';

const hostOf = (meeting: TestMeeting) => seated(meeting, { invitation: meeting.hostToken });

/** What somebody is told who comes by an invitation, or that they are let in. */
async function comingBy(meeting: TestMeeting, invitation: string): Promise<unknown> {
  const { status, answer } = await askAdmission(meeting, { invitation });
  return status === 200 ? 'let in' : answer.error;
}

test('R105 hosts see which invitations count, what they are called, and how often somebody came by each', async () => {
  const clock = new FakeClock();
  const meeting = await makeMeeting((await startTestServer({}, { clock })).url);
  const ada = await hostOf(meeting);
  const now = Math.floor(clock.now() / 1000);
  const first = await ada.desk.invite({ role: 'host', name: label, expiresAt: now + 600 });
  clock.advance(5_000);
  const second = await ada.desk.invite({ notBefore: now + 60 });
  expect(await ada.desk.list()).toEqual([
    {
      ...{ id: second.id, role: 'participant', madeBy: ada.id, madeAt: now + 5, uses: 0 },
      ...{ notBefore: now + 60, expiresAt: now + 60 + 86_400, invitation: second.invitation },
    },
    {
      ...{ id: first.id, role: 'host', madeBy: ada.id, madeAt: now, uses: 0 },
      ...{ name: label, expiresAt: now + 600, invitation: first.invitation },
    },
  ]);
  // Asking for a seat is not coming: only who sits down has come.
  await admitted(meeting, { invitation: first.invitation });
  await seated(meeting, { invitation: first.invitation });
  clock.advance(1_000);
  const bo = await seated(meeting, { invitation: first.invitation });
  expect((await ada.desk.list()).at(-1)).toMatchObject({ uses: 2, lastUsedAt: now + 6 });
  // A reload is no further use.
  const again = await TestClient.connect(meeting.url, bo.token);
  await again.join({ incarnation: newId(), resume: bo.resume });
  expect((await ada.desk.list()).at(-1)).toMatchObject({ uses: 2 });
});

test.each(['Cleo Miller', 'José', 'Dr. Who', 'Cleo'])(
  'R105 a program may call an invitation %s, which the server does not keep: it is to read no names',
  async (name) => {
    const meeting = await makeMeeting((await startTestServer()).url);
    const ada = await hostOf(meeting);
    const { id } = await ada.desk.invite({ name, role: 'host' });
    const [listed] = await ada.desk.list();
    expect(listed).toMatchObject({ id, role: 'host' });
    expect(listed).not.toHaveProperty('name');
  },
);

test('R105 only whoever made an invitation is shown the invitation itself', async () => {
  const { url } = await startTestServer({ API_KEYS: API_KEY });
  const meeting = await makeMeeting(url, undefined, API_KEY);
  const operator = new HostDesk(meeting, API_KEY);
  const [ada, bo] = [await hostOf(meeting), await seated(meeting)];
  await ada.client.request('role:set', { participant: bo.id, role: 'host' });
  const made = {
    ada: await ada.desk.invite({ role: 'host' }),
    bo: await bo.desk.invite({ role: 'host' }),
    operator: await operator.invite({ role: 'host' }),
  };
  for (const [desk, own] of [
    [ada.desk, made.ada],
    [bo.desk, made.bo],
    [operator, made.operator],
  ] as const) {
    const listed = await desk.list();
    expect(listed.map(({ id }) => id).sort()).toEqual(
      Object.values(made)
        .map(({ id }) => id)
        .sort(),
    );
    expect(listed.flatMap(({ invitation = [] }) => invitation)).toEqual([own.invitation]);
  }
  // Ada at another device, by the same invitation.
  const elsewhere = await hostOf(meeting);
  const shown = (await elsewhere.desk.list()).flatMap(({ invitation = [] }) => invitation);
  expect(shown).toEqual([made.ada.invitation]);
});

test('R105 two hosts who came by one invitation of guests are shown nothing of one another’s', async () => {
  const { url } = await startTestServer({ API_KEYS: API_KEY });
  const meeting = await makeMeeting(url, undefined, API_KEY);
  const { invitation } = await new HostDesk(meeting, API_KEY).invite();
  const ada = await hostOf(meeting);
  const [bo, cy] = [await seated(meeting, { invitation }), await seated(meeting, { invitation })];
  for (const { id } of [bo, cy])
    await ada.client.request('role:set', { participant: id, role: 'host' });
  const made = await bo.desk.invite({ role: 'host' });
  const shownTo = async ({ desk }: typeof bo) =>
    (await desk.list()).find(({ id }) => id === made.id)?.invitation;
  expect(await shownTo(bo)).toBe(made.invitation);
  expect(await shownTo(cy)).toBeUndefined();
});

test('R106 nobody comes by a revoked invitation any more, who is there stays, and others are not concerned', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const ada = await hostOf(meeting);
  const [taken, left] = [await ada.desk.invite(), await ada.desk.invite()];
  const early = await admitted(meeting, { invitation: taken.invitation });
  const bo = await seated(meeting, { invitation: taken.invitation });
  await ada.desk.revoke(taken.id);
  expect(await comingBy(meeting, taken.invitation)).toBe('invitation-revoked');
  expect(await comingBy(meeting, left.invitation)).toBe('let in');
  // Admitted before, and not seated yet.
  await expect(TestClient.connect(meeting.url, early.token)).rejects.toThrow('invitation-revoked');
  expect((await ada.desk.list()).map(({ id }) => id)).toEqual([left.id]);
  const back = await TestClient.connect(meeting.url, bo.token);
  await back.join({ incarnation: newId(), resume: bo.resume });
  await back.request('meeting:leave', {});
  await expect(TestClient.connect(meeting.url, bo.token)).rejects.toThrow('invitation-revoked');
  // An outsider is told nothing.
  const outsider = { ...meeting, proof: 'A'.repeat(43) };
  expect(await comingBy(outsider, taken.invitation)).toBe('meeting-not-found');
  expect(await ada.desk.ask('DELETE', `tokens/${taken.id}`)).toMatchObject({
    status: 404,
    answer: { error: 'unknown-request' },
  });
  expect((await ada.desk.ask('DELETE', 'tokens/nonsense')).status).toBe(404);
});

test('R106 a revoked invitation speaks for the meeting no more', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const ada = await hostOf(meeting);
  const { id, invitation } = await ada.desk.invite({ role: 'host' });
  const byInvitation = new HostDesk(meeting, invitation);
  const { token } = await admitted(meeting, { invitation });
  expect((await byInvitation.ask('GET', 'tokens')).status).toBe(200);
  await ada.desk.revoke(id);
  expect((await byInvitation.ask('GET', 'tokens')).status).toBe(403);
  expect((await new HostDesk(meeting, token).ask('GET', 'tokens')).status).toBe(403);
});

test('R106 whoever is a host now may do all of it, and when they are unmade, whom they would make hosts are none', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const [ada, bo, cy] = [await hostOf(meeting), await seated(meeting), await seated(meeting)];
  const calls = [
    ['GET', 'tokens'],
    ['POST', 'tokens', {}],
    ['DELETE', `tokens/${newId()}`],
    ['GET', 'schedule'],
    ['PUT', 'schedule', { schedule: null }],
  ] as const;
  for (const [method, path, body] of calls)
    expect(await bo.desk.ask(method, path, body)).toMatchObject({
      status: 403,
      answer: { error: 'forbidden' },
    });
  await ada.client.request('role:set', { participant: bo.id, role: 'host' });
  const asHost = await bo.desk.invite({ role: 'host' });
  const asGuest = await bo.desk.invite();
  const other = await ada.desk.invite({ role: 'host' });
  const early = await admitted(meeting, { invitation: asHost.invitation });
  expect(early.role).toBe('host');
  await ada.client.request('role:set', { participant: bo.id, role: 'participant' });
  for (const [method, path, body] of calls)
    expect((await bo.desk.ask(method, path, body)).status).toBe(403);
  expect(await comingBy(meeting, asHost.invitation)).toBe('invitation-revoked');
  await expect(TestClient.connect(meeting.url, early.token)).rejects.toThrow('invitation-revoked');
  expect(await comingBy(meeting, asGuest.invitation)).toBe('let in');
  expect(await comingBy(meeting, other.invitation)).toBe('let in');
  expect((await cy.desk.ask('GET', 'tokens')).status).toBe(403);
  expect((await ada.desk.list()).map(({ id }) => id).sort()).toEqual([asGuest.id, other.id].sort());
});

test('R106 with an invitation goes what was made with it, and with a host all hosts that they have made over several hands', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const [ada, bo] = [await hostOf(meeting), await seated(meeting)];
  const chain = async (desk: HostDesk) => {
    const first = await desk.invite({ role: 'host' });
    const second = await new HostDesk(meeting, first.invitation).invite({ role: 'host' });
    const third = await new HostDesk(meeting, second.invitation).invite();
    return [first, second, third] as const;
  };
  const [first, second, third] = await chain(ada.desk);
  const other = await ada.desk.invite();
  await ada.desk.revoke(first.id);
  for (const { invitation } of [first, second, third])
    expect(await comingBy(meeting, invitation)).toBe('invitation-revoked');
  expect(await comingBy(meeting, other.invitation)).toBe('let in');

  await ada.client.request('role:set', { participant: bo.id, role: 'host' });
  const [bos, further] = await chain(bo.desk);
  // Whoever is there already stays, with what they have made; who has gone again may be Bo.
  const cy = await seated(meeting, { invitation: further.invitation });
  const cys = await cy.desk.invite({ role: 'host' });
  const dee = await seated(meeting, { invitation: further.invitation });
  const dees = await dee.desk.invite({ role: 'host' });
  await dee.client.request('meeting:leave', {});
  await ada.client.request('role:set', { participant: bo.id, role: 'participant' });
  for (const { invitation } of [bos, further, dees])
    expect(await comingBy(meeting, invitation)).toBe('invitation-revoked');
  expect((await admitted(meeting, { invitation: cys.invitation })).role).toBe('host');
});

test('R105 when its time is over nobody takes a seat by an invitation, nor invites by it, whoever was admitted before', async () => {
  const clock = new FakeClock();
  const meeting = await makeMeeting((await startTestServer({}, { clock })).url);
  const ada = await hostOf(meeting);
  const expiresAt = Math.floor(clock.now() / 1000) + 600;
  const { invitation } = await ada.desk.invite({ role: 'host', expiresAt });
  const { token } = await admitted(meeting, { invitation });
  const early = await TestClient.connect(meeting.url, token);
  const bo = await seated(meeting, { invitation });
  for (let time = 0; time < 13; time++) {
    clock.advance(50_000);
    const { incarnation, hello } = someone();
    expect(await early.request('door:knock', { incarnation, hello })).toMatchObject({ ok: true });
  }
  clock.advance(45_000);
  await expect(early.join()).rejects.toThrow('token-expired');
  await expect(TestClient.connect(meeting.url, token)).rejects.toThrow('token-expired');
  expect((await new HostDesk(meeting, token).ask('GET', 'tokens')).status).toBe(403);
  // Whoever has a seat keeps it.
  expect((await bo.desk.ask('GET', 'tokens')).status).toBe(200);
});

test('R105 neither strangers nor hosts of another meeting learn or change anything', async () => {
  const { url } = await startTestServer();
  const [meeting, another] = [await makeMeeting(url), await makeMeeting(url)];
  const ada = await hostOf(meeting);
  const { id } = await ada.desk.invite();
  for (const bearer of [another.hostToken, 'nonsense'])
    for (const [method, path] of [
      ['GET', 'tokens'],
      ['DELETE', `tokens/${id}`],
      ['GET', 'schedule'],
    ] as const)
      expect(await new HostDesk(meeting, bearer).ask(method, path)).toMatchObject({
        status: 401,
        answer: { error: 'token-invalid' },
      });
  expect(await ada.desk.list()).toHaveLength(1);
});

test('R105 an expired invitation is shown for a day, and 200 count at once', async () => {
  const clock = new FakeClock();
  const meeting = await makeMeeting((await startTestServer({}, { clock })).url);
  const desk = new HostDesk(meeting, meeting.hostToken);
  const expiresAt = Math.floor(clock.now() / 1000) + 60;
  for (let count = 0; count < 200; count++) await desk.invite({ expiresAt });
  expect(await desk.ask('POST', 'tokens', {})).toMatchObject({ status: 429 });
  clock.advance(12 * 3_600_000);
  expect(await desk.list()).toHaveLength(200);
  clock.advance(13 * 3_600_000);
  expect(await desk.list()).toEqual([]);
  expect((await desk.ask('POST', 'tokens', {})).status).toBe(201);
});

test.each(stores)(
  'R41 R105 R106 invitations and their ends outlive the server: %s',
  async (_name, make) => {
    const store = await make();
    const first = await store.start();
    const meeting = await makeMeeting(first.url);
    const ada = await hostOf(meeting);
    const [kept, revoked] = [await ada.desk.invite({ name: label }), await ada.desk.invite()];
    await seated(meeting, { invitation: kept.invitation });
    await ada.desk.revoke(revoked.id);
    const before = await ada.desk.list();
    expect(before).toMatchObject([{ id: kept.id, name: label, uses: 1 }]);
    await first.close();

    const again = { ...meeting, url: (await store.start()).url };
    expect(await comingBy(again, revoked.invitation)).toBe('invitation-revoked');
    expect(await comingBy(again, kept.invitation)).toBe('let in');
    const listed = await new HostDesk(again, meeting.hostToken).list();
    expect(listed).toEqual(before);
  },
);

test('R52 R106 invitations are made, used and revoked at whichever node', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const meeting = await makeMeeting(one.url);
  const ada = await hostOf(at(two, meeting));
  const { id, invitation } = await ada.desk.invite({ role: 'host' });
  const bo = await seated(at(two, meeting), { invitation });
  expect(await bo.desk.list()).toMatchObject([{ id, uses: 1 }]);
  const early = await admitted(at(two, meeting), { invitation });
  await new HostDesk(at(one, meeting), meeting.hostToken).revoke(id);
  expect(await comingBy(at(two, meeting), invitation)).toBe('invitation-revoked');
  const late = await TestClient.connect(two.url, early.token);
  await expect(late.join()).rejects.toThrow('invitation-revoked');
});
