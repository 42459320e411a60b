import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { at, redisWithNodes } from './nodes.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, post } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';
import { knocks, watched } from './waiting-people.ts';

type Act = () => Promise<unknown>;

/** A meeting made on the first of three nodes, with one person at each. */
async function threePeople(settings = {}) {
  const { startNode } = await redisWithNodes();
  const nodes = await Promise.all([startNode(), startNode(), startNode()]);
  const [one, two, three] = nodes;
  const meeting = await makeMeeting(one.url, settings);
  const people: TestClient[] = [];
  for (const node of nodes) people.push(await joinMeeting(at(node, meeting)));
  const [ana, bo, cy] = people as [TestClient, TestClient, TestClient];
  return { one, two, three, meeting, ana, bo, cy, people };
}

test('R52 signals reach exactly one participant, whichever nodes the two are at', async () => {
  const { people } = await threePeople();
  for (const from of people)
    for (const to of people) {
      if (from === to) continue;
      const before = people.map(({ heard }) => heard['signal:received'].length);
      const sealed = randomBytes(8).toString('base64url');
      from.signal(to.participantId, sealed);
      const received = await to.until('the signal', () =>
        to.heard['signal:received'].find((signal) => signal.sealed === sealed),
      );
      expect(received.from).toBe(from.participantId);
      const after = people.map(({ heard }) => heard['signal:received'].length);
      const expected = people.map((one, index) => (before[index] ?? 0) + (one === to ? 1 : 0));
      expect(after).toEqual(expected);
    }
});

test('R52 R22 a thousand misaddressed signals from another node than the meeting’s reach nobody', async () => {
  const { one, two, meeting, ana, cy } = await threePeople();
  const elsewhere = await makeMeeting(two.url);
  const canaries = [
    await joinMeeting(elsewhere),
    await joinMeeting(at(one, elsewhere)),
    ana,
    cy,
  ] as const;
  const [stranger, otherStranger] = canaries;
  const left = await joinMeeting(at(one, meeting));
  await left.request('meeting:leave', {});
  const mallory = await joinMeeting(at(two, meeting));
  const targets: unknown[] = [
    ...[stranger.participantId, otherStranger.participantId, left.participantId],
    ...canaries.map(({ socket }) => socket.id),
    ...[meeting.meetingId, `meeting:${meeting.meetingId}`, `meeting:${elsewhere.meetingId}`],
    ...['*', '', '/', `x/${String(ana.socket.id)}`, '__proto__', 'constructor', 'toString'],
    ...[null, 0, true, {}, [], [ana.participantId], { id: ana.participantId }, newId()],
  ];
  // As many at once as the budget of one connection, from two of them.
  for (const sender of [mallory, await joinMeeting(at(two, meeting))]) {
    for (let index = 0; index < 500; index++)
      sender.signal(targets[index % targets.length], 'Y2FuYXJ5');
    await sender.until('every refusal', () => sender.heard['signal:refused'].length === 500);
    expect(new Set(sender.heard['signal:refused'].map(({ error }) => error))).toEqual(
      new Set(['participant-not-found']),
    );
  }
  mallory.signal(ana.participantId, 'aG9uZXN0');
  await ana.until('the honest signal', () => ana.heard['signal:received'].length === 1);
  for (const canary of canaries) {
    await canary.request('token:renew', {});
    expect(canary.heard['signal:received'].map(({ sealed }) => sealed)).not.toContain('Y2FuYXJ5');
  }
});

test('R52 R7 presence, hands and policy are the same at every node, in versions that only grow', async () => {
  const { two, meeting, people, bo } = await threePeople();
  const { token } = await admitted(at(two, meeting), { invitation: meeting.hostToken });
  const host = await TestClient.connect(two.url, token);
  await host.join();
  await bo.request('presence:update', { microphone: false, camera: true });
  await bo.request('hand:raise', {});
  expect(await bo.request('policy:set', { locked: true })).toMatchObject({ error: 'forbidden' });
  expect((await host.request('policy:set', { locked: true })).ok).toBe(true);
  for (const client of [...people, host]) {
    const snapshot = await client.snapshot('everything', (s) => {
      const participant = s.participants.find(({ id }) => id === bo.participantId);
      return s.policy.locked && participant?.hand === 1 && !participant.media.microphone;
    });
    expect(snapshot.participants.map(({ arrival }) => arrival)).toEqual([1, 2, 3, 4]);
    expect(snapshot.participants.map(({ role }) => role).indexOf('host')).toBe(3);
    const versions = client.heard['meeting:changed'].map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  }
  expect((await askAdmission(at(two, meeting))).answer.error).toBe('meeting-locked');
  expect((await fetch(`${two.url}/api/meetings/${meeting.meetingId}`)).status).toBe(404);
});

test('R52 R42 the chat has one order at every node, and hints and reactions reach everybody', async () => {
  const { people, ana, bo, cy } = await threePeople();
  const sent = await Promise.all(
    people.map((one) => one.request('chat:send', { id: newId(), sealed: 'aGk' })),
  );
  expect(sent.map((reply) => reply.ok && reply.data.seq).sort()).toEqual([1, 2, 3]);
  for (const one of people) {
    await one.until('two messages', () => one.heard['chat:received'].length === 2);
    const read = await one.request('chat:read', { after: 0 });
    expect(read).toMatchObject({ data: { messages: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] } });
  }
  const secret = { id: newId(), to: bo.participantId, sealed: 'c2VjcmV0' };
  expect((await cy.request('chat:send', secret)).ok).toBe(true);
  await bo.until('the private one', () => bo.heard['chat:received'].length === 3);
  // Both are given up for whoever is being sent something else at that moment, and made again by people.
  const untilHeard = (name: 'typing:announced' | 'reaction:received', by: TestClient[], act: Act) =>
    vi.waitFor(
      async () => {
        await act();
        for (const one of by) await one.request('chat:read', { after: 0 });
        for (const one of by) expect(one.heard[name].length, name).toBeGreaterThan(0);
      },
      { interval: 1_000 },
    );
  await untilHeard('typing:announced', [ana, bo], () => cy.request('typing:announce', {}));
  await untilHeard('reaction:received', [ana, cy], () =>
    bo.request('reaction:send', { sealed: 'aGVhcnQ' }),
  );
  expect(ana.heard['chat:received']).toHaveLength(2);
});

test('R52 of many who want the last seats at three nodes, exactly as many as there are seats get one', async () => {
  const { one, two, three, meeting } = await threePeople({ capacity: 6 });
  const doors = [one, two, three];
  const tokens = await Promise.all(
    Array.from({ length: 15 }, (_, index) => admitted(at(doors[index % 3] ?? one, meeting))),
  );
  const clients = await Promise.all(
    tokens.map(({ token }, index) => TestClient.connect((doors[index % 3] ?? one).url, token)),
  );
  const joins = await Promise.allSettled(clients.map((client) => client.join()));
  const reasons = joins.map((join) => (join.status === 'rejected' ? String(join.reason) : 'in'));
  expect(reasons.filter((reason) => reason === 'in')).toHaveLength(3);
  expect(new Set(reasons)).toEqual(new Set(['in', 'Error: meeting-full']));
  expect((await askAdmission(at(two, meeting))).answer.error).toBe('meeting-full');
});

test('R52 R8 the newest connection has the seat, wherever the older one is', async () => {
  const { one, three, ana, bo, meeting } = await threePeople();
  const { token } = await admitted(at(three, meeting));
  const first = await TestClient.connect(three.url, token);
  await first.join();
  let { resume } = first;
  let older = first;
  for (const node of [one, three, one]) {
    const newer = await TestClient.connect(node.url, token);
    ({ resume } = await newer.join({ resume }));
    const replaced = older;
    await replaced.until('seat:taken', () => replaced.heard['seat:taken'].length === 1);
    await replaced.until('the end', () => replaced.disconnected === 'io server disconnect');
    for (const other of [ana, bo]) {
      const before = newer.heard['signal:received'].length;
      other.signal(newer.participantId);
      await newer.until('a signal', () => newer.heard['signal:received'].length > before);
    }
    older = newer;
  }
  const thief = await TestClient.connect(one.url, token);
  await expect(thief.join()).rejects.toThrow('resume-invalid');
});

test('R52 R9 R10 whoever is lost at another node is reconnecting, kept by vouching, and comes back at a third', async () => {
  const clock = new FakeClock();
  const { startNode } = await redisWithNodes();
  const nodes = [await startNode({}, { clock }), await startNode({}, { clock })] as const;
  const meeting = await makeMeeting(nodes[0].url);
  const stays = await joinMeeting(meeting);
  const { token } = await admitted(at(nodes[1], meeting));
  const lost = await TestClient.connect(nodes[1].url, token);
  const { resume } = await lost.join();
  clock.advance(200);
  lost.socket.io.engine.close();
  const isThere = (presence: string) => (s: { participants: { presence: string }[] }) =>
    s.participants[1]?.presence === presence;
  await stays.snapshot('a loss', isThere('reconnecting'));
  clock.advance(5_000);
  await stays.request('presence:vouch', { participants: [lost.participantId] });
  clock.advance(5_000);
  expect((await stays.join()).snapshot.participants).toHaveLength(2);
  const back = await TestClient.connect(nodes[0].url, token);
  expect((await back.join({ resume })).snapshot.participants[1]).toMatchObject({
    id: lost.participantId,
    arrival: 2,
    presence: 'present',
  });
});

test('R52 R4 R2 the door is the same at every node: passcode, binding, invitations, unknown meetings', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const guarded = await makeMeeting(one.url, { passcode: 'open sesame' });
  const there = at(two, guarded);
  expect((await askAdmission(there)).answer.error).toBe('passcode-required');
  for (let guess = 0; guess < 5; guess++) await askAdmission(there, { passcode: 'wrong' });
  // Free at a node that counts for itself. The first wait of all is a second, which one guess may take here; the later ones are longer.
  const further: unknown[] = [];
  for (let guess = 0; guess < 5; guess++)
    further.push((await askAdmission(guarded, { passcode: 'wrong' })).answer.error);
  expect(further).toContain('too-many-requests');
  const described = await fetch(`${two.url}/api/meetings/${guarded.meetingId}`);
  expect(await described.json()).toMatchObject({ passcode: true, waitingRoom: false });

  const { answer } = await post(`${one.url}/api/meetings`, {});
  const unbound: TestMeeting = {
    url: two.url,
    meetingId: String(answer.meetingId),
    hostToken: String(answer.hostToken),
    proof: randomBytes(32).toString('base64url'),
  };
  await admitted(unbound, { invitation: unbound.hostToken });
  const stolen = { ...at(one, unbound), proof: randomBytes(32).toString('base64url') };
  expect((await askAdmission(stolen, { invitation: unbound.hostToken })).status).toBe(404);
  const asked = `${two.url}/api/meetings/${guarded.meetingId}/tokens`;
  const invited = await post(asked, {}, { authorization: `Bearer ${guarded.hostToken}` });
  expect(invited.status).toBe(201);
  const unknown = { ...there, meetingId: newId() };
  expect(await askAdmission(unknown)).toEqual(await askAdmission(at(one, unknown)));
  expect((await askAdmission(unknown)).status).toBe(404);
});

test('R52 R69 R71 whoever waits at another node than the meeting’s hears of its end', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = await Promise.all([startNode(), startNode()]);
  const { meeting, host } = await watched(one.url);
  const guest = await knocks(at(two, meeting), 1);
  await host.waiting([guest.id]);
  expect(await host.client.request('meeting:end', {})).toEqual({ ok: true, data: {} });
  await guest.client.until('to be sent away', () => guest.client.disconnected);
  expect(guest.client.heard['meeting:ended']).toEqual([{}]);
});

test('R36 R37 at another node than the meeting’s, tokens are renewed and budgets hold', async () => {
  const { ana, bo } = await threePeople();
  expect(await bo.request('token:renew', {})).toMatchObject({ ok: true });
  const asked = Array.from({ length: 160 }, () =>
    bo.request('presence:vouch', {
      participants: [ana.participantId],
    }),
  );
  const refused = (await Promise.all(asked)).filter((reply) => !reply.ok);
  expect(refused.length).toBeGreaterThan(20);
  expect(refused[0]).toEqual({ ok: false, error: 'too-many-requests' });
  expect(await bo.ask('presence:vouch', { participants: 'all' })).toMatchObject({ ok: false });
  expect(bo.socket.connected).toBe(true);
});

test('R5 at another node than the meeting’s, nothing comes before the join or after leaving', async () => {
  const { two, meeting, ana } = await threePeople();
  const { token } = await admitted(at(two, meeting));
  const early = await TestClient.connect(two.url, token);
  expect(await early.request('hand:raise', {})).toEqual({ ok: false, error: 'wrong-state' });
  early.signal(ana.participantId);
  await early.until('a refusal', () => early.heard['signal:refused'][0]?.error === 'wrong-state');
  await early.join();
  expect(await early.request('meeting:leave', {})).toEqual({ ok: true, data: {} });
  expect(await early.request('hand:raise', {})).toEqual({ ok: false, error: 'wrong-state' });
  await ana.snapshot('three again', (s) => s.version > 3 && s.participants.length === 3);
});
