import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { at, redisWithNodes } from './nodes.ts';
import { stores } from './stores.ts';
import { newId, someone, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, post, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };
const removed = { status: 403, answer: { error: 'removed' } };

/** Admitted, connected and seated, with what led there. */
async function seated(meeting: TestMeeting, as: { invitation?: string } = {}) {
  const { token } = await admitted(meeting, as);
  const client = await TestClient.connect(meeting.url, token);
  const incarnation = newId();
  const joined = await client.join({ incarnation });
  return { client, token, incarnation, latest: joined.token, resume: joined.resume };
}

const hostOf = (meeting: TestMeeting) => seated(meeting, { invitation: meeting.hostToken });

async function invite(meeting: TestMeeting, bearer: string, role = 'participant') {
  const address = `${meeting.url}/api/meetings/${meeting.meetingId}/tokens`;
  const { status, answer } = await post(address, { role }, { authorization: `Bearer ${bearer}` });
  return { status, invitation: String(answer.invitation), error: answer.error };
}

/** What the server says to a connection with this token, at the door or at the seat. */
async function triesToSit(url: string, token: string, resume?: string): Promise<unknown> {
  try {
    const client = await TestClient.connect(url, token);
    const arriving = { ...someone(), ...(resume !== undefined && { resume }) };
    const reply = await client.request('meeting:join', arriving);
    client.socket.disconnect();
    return reply.ok ? 'seated' : reply.error;
  } catch (refusal) {
    return (refusal as Error).message;
  }
}

test('R61 a removed participant is told, disconnected and gone from the meeting, and nobody else', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const host = await hostOf(meeting);
  const [bob, cy] = [await seated(meeting), await seated(meeting)];
  const participant = bob.client.participantId;
  expect(await cy.client.request('participant:remove', { participant })).toEqual(
    refusedAs('forbidden'),
  );
  expect(await host.client.request('participant:remove', { participant })).toEqual(done);
  await bob.client.until('the end', () => bob.client.disconnected);
  expect(bob.client.heard['seat:removed']).toEqual([{}]);
  for (const { client } of [host, cy]) {
    await client.snapshot('two people', ({ participants }) => participants.length === 2);
    expect(client.disconnected).toBeNull();
  }
  host.client.signal(participant);
  await host.client.until('the refusal', () => host.client.heard['signal:refused'][0]);
  for (const nobody of [participant, host.client.participantId, newId()])
    expect(await host.client.request('participant:remove', { participant: nobody })).toEqual(
      refusedAs('participant-not-found'),
    );
});

test('R61 everybody who stays hears that somebody was removed before they are gone, and nobody hears it of whoever leaves', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const meeting = await makeMeeting(one.url);
  const host = await hostOf(meeting);
  const [bob, cy, di] = [
    await seated(meeting),
    await seated(at(two, meeting)),
    await seated(at(two, meeting)),
  ];
  const heard: string[] = [];
  cy.client.socket.onAny((name: string, { participants }: { participants?: unknown[] }) => {
    if (name === 'participant:removed') heard.push(name);
    if (name === 'meeting:changed') heard.push(`${participants?.length} people`);
  });
  await di.client.request('meeting:leave', {});
  const participant = bob.client.participantId;
  await host.client.request('participant:remove', { participant });
  for (const { client } of [host, cy]) {
    await client.until('to be told', () => client.heard['participant:removed'][0]);
    expect(client.heard['participant:removed']).toEqual([{ participant }]);
  }
  await cy.client.until('two people', () => heard.includes('2 people'));
  expect(heard.indexOf('participant:removed')).toBeLessThan(heard.indexOf('2 people'));
});

test('R61 R62 more than two hundred ways back lead nowhere: old and new tokens, resume, the same invitation, another tab', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const host = await hostOf(meeting);
  const { invitation } = await invite(meeting, host.latest);
  const unused = (await admitted(meeting, { invitation })).token;
  const bare = (await admitted(meeting)).token;
  const mallory = await seated(meeting, { invitation });
  const { participantId } = mallory.client;
  // Open since before the removal, without a seat.
  const tab = await TestClient.connect(meeting.url, mallory.token);
  await host.client.request('participant:remove', { participant: participantId });

  const { resume } = mallory;
  for (const more of [{}, { resume }, { incarnation: mallory.incarnation, resume }])
    expect(await tab.request('meeting:join', { ...someone(), ...more })).toEqual(
      refusedAs('removed'),
    );
  const { incarnation, hello } = someone();
  expect(await tab.request('door:knock', { incarnation, hello })).toEqual(refusedAs('removed'));
  const tokens = [mallory.token, mallory.latest, unused];
  for (let round = 0; round < 40; round++) {
    for (const token of tokens) expect(await triesToSit(meeting.url, token)).toBe('removed');
    expect(await triesToSit(meeting.url, mallory.token, mallory.resume)).toBe('removed');
    // With the bare link from the same network, a host decides.
    expect(await triesToSit(meeting.url, bare)).toBe('knock-required');
  }
  for (let round = 0; round < 5; round++) {
    expect(await askAdmission(meeting, { invitation })).toMatchObject(removed);
    expect((await admitted(meeting)).waits).toBe(true);
  }
  expect(host.client.heard['meeting:changed'].at(-1)?.participants).toHaveLength(1);
  // Whoever has another invitation has a host's word for it.
  const another = await invite(meeting, host.latest);
  await seated(meeting, { invitation: another.invitation });
});

test('R62 a host who is removed invites nobody any more, and whoever they invited comes in no more either', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const host = await hostOf(meeting);
  const byHost = await invite(meeting, host.latest, 'host');
  const mallory = await seated(meeting, { invitation: byHost.invitation });
  const spare = await invite(meeting, mallory.latest, 'host');
  const further = await invite(meeting, spare.invitation, 'host');
  expect(further.status).toBe(201);
  await host.client.request('participant:remove', { participant: mallory.client.participantId });
  for (const bearer of [mallory.latest, byHost.invitation, spare.invitation, further.invitation])
    expect(await invite(meeting, bearer)).toMatchObject({ status: 403, error: 'forbidden' });
  for (const { invitation } of [byHost, spare, further])
    expect(await askAdmission(meeting, { invitation })).toMatchObject(removed);
  expect((await invite(meeting, host.latest)).status).toBe(201);
});

test('R62 a host who removes their own other device keeps their invitation', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const [host, phone] = [await hostOf(meeting), await hostOf(meeting)];
  await host.client.request('participant:remove', { participant: phone.client.participantId });
  expect(await triesToSit(meeting.url, phone.latest)).toBe('removed');
  await hostOf(meeting);
});

test('R62 nobody with an invitation has to knock because a host removed their own other device', async () => {
  const clock = new FakeClock();
  const meeting = await makeMeeting((await startTestServer({}, { clock })).url);
  const [host, phone] = [await hostOf(meeting), await hostOf(meeting)];
  const { invitation } = await invite(meeting, host.latest);
  clock.advance(2_000);
  await host.client.request('participant:remove', { participant: phone.client.participantId });
  expect((await admitted(meeting, { invitation })).waits).toBeUndefined();
});

test('R62 by an invitation that many have nobody comes back whom one of them has removed, and all who are there do', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const host = await hostOf(meeting);
  const { invitation } = await invite(meeting, host.latest);
  const [cohost, mallory, cy] = [
    await seated(meeting, { invitation }),
    await seated(meeting, { invitation }),
    await seated(meeting, { invitation }),
  ];
  const { participantId } = mallory.client;
  const made = { participant: cohost.client.participantId, role: 'host' } as const;
  expect(await host.client.request('role:set', made)).toEqual(done);
  expect(await cohost.client.request('participant:remove', { participant: participantId })).toEqual(
    done,
  );
  for (let round = 0; round < 20; round++)
    expect(await askAdmission(meeting, { invitation })).toMatchObject(removed);
  expect(await triesToSit(meeting.url, mallory.latest, mallory.resume)).toBe('removed');
  for (const one of [cohost, cy]) {
    await one.client.request('meeting:leave', {});
    expect(await triesToSit(meeting.url, one.latest)).toBe('seated');
  }
});

test('R62 whoever was removed with the bare link knocks with an invitation that they may have had, and not with a later one', async () => {
  const clock = new FakeClock();
  const meeting = await makeMeeting((await startTestServer({}, { clock })).url);
  const host = await hostOf(meeting);
  const earlier = await invite(meeting, host.latest);
  const mallory = await seated(meeting);
  clock.advance(2_000);
  await host.client.request('participant:remove', { participant: mallory.client.participantId });
  clock.advance(2_000);
  const { token, waits } = await admitted(meeting, { invitation: earlier.invitation });
  expect(waits).toBe(true);
  expect(await triesToSit(meeting.url, token)).toBe('knock-required');
  const later = await invite(meeting, host.latest);
  await seated(meeting, { invitation: later.invitation });
});

test('R63 hosts alone see who was removed, and let them come again', async () => {
  const meeting = await makeMeeting((await startTestServer()).url);
  const host = await hostOf(meeting);
  const [bob, cy] = [await seated(meeting), await seated(meeting)];
  const participant = bob.client.participantId;
  await host.client.request('participant:remove', { participant });
  const door = await host.client.until('the door', () =>
    host.client.heard['door:changed'].find(({ removed: out }) => out.length === 1),
  );
  const { incarnation } = bob;
  expect(door.removed).toEqual([{ id: participant, incarnation, hello: someone().hello }]);
  const second = await hostOf(meeting);
  expect(second.client.heard['door:changed']).toEqual([door]);

  expect(await cy.client.request('participant:readmit', { participant })).toEqual(
    refusedAs('forbidden'),
  );
  expect(await host.client.request('participant:readmit', { participant })).toEqual(done);
  await second.client.until('an empty list', () =>
    second.client.heard['door:changed'].find(({ removed: out }) => out.length === 0),
  );
  expect(cy.client.heard['door:changed']).toEqual([]);
  expect(await host.client.request('participant:readmit', { participant })).toEqual(
    refusedAs('participant-not-found'),
  );
  expect(await triesToSit(meeting.url, bob.token)).toBe('seated');
  await seated(meeting);
});

test.each(stores)('R41 R61 a removal outlives the server: %s', async (_name, make) => {
  const store = await make();
  const first = await store.start();
  const meeting = await makeMeeting(first.url);
  const host = await hostOf(meeting);
  const bob = await seated(meeting);
  const participant = bob.client.participantId;
  await host.client.request('participant:remove', { participant });
  await first.close();

  const again = { ...meeting, url: (await store.start()).url };
  expect(await triesToSit(again.url, bob.token, bob.resume)).toBe('removed');
  expect((await admitted(again)).waits).toBe(true);
  const back = await TestClient.connect(again.url, host.token);
  await back.join({ incarnation: host.incarnation, resume: host.resume });
  await back.until('the door', () =>
    back.heard['door:changed'].find(({ removed: out }) => out[0]?.id === participant),
  );
  expect(await back.request('participant:readmit', { participant })).toEqual(done);
  await seated(again);
});

test('R52 R61 somebody at another node is removed, and comes back through none', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode(), await startNode()];
  const meeting = await makeMeeting(one.url);
  // The host asks through the node that does not run the meeting.
  const host = await hostOf(at(two, meeting));
  const bob = await seated(at(two, meeting));
  const cy = await seated(meeting);
  for (const { client } of [bob, cy]) {
    const { participantId: participant } = client;
    expect(await host.client.request('participant:remove', { participant })).toEqual(done);
    await client.until('the end', () => client.disconnected);
    expect(client.heard['seat:removed']).toEqual([{}]);
  }
  for (const node of [one, two]) {
    for (const { token, resume } of [bob, cy])
      expect(await triesToSit(node.url, token, resume)).toBe('removed');
    expect((await admitted(at(node, meeting))).waits).toBe(true);
    expect(await invite(at(node, meeting), meeting.hostToken)).toMatchObject({ status: 201 });
  }
  await host.client.until('both names', () =>
    host.client.heard['door:changed'].find(({ removed: out }) => out.length === 2),
  );
});
