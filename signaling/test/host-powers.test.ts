import { hostRequests } from '@confab/protocol';
import type { HostRequest, Payload } from '@confab/protocol';
import { expect, test } from 'vitest';
import { HostDesk } from './host-desk.ts';
import { newId, someone, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

const refusedAs = (error: string) => ({ ok: false, error });
const { hello } = someone();

async function seated(meeting: TestMeeting, as: { invitation?: string } = {}) {
  const { token } = await admitted(meeting, as);
  const client = await TestClient.connect(meeting.url, token);
  const { resume } = await client.join();
  return { client, token, resume, id: client.participantId };
}

const hostOf = (meeting: TestMeeting) => seated(meeting, { invitation: meeting.hostToken });

async function knocks(meeting: TestMeeting) {
  const { token, participantId: id } = await admitted(meeting);
  const client = await TestClient.connect(meeting.url, token);
  await client.request('door:knock', { incarnation: newId(), hello });
  return { client, token, id };
}

/** Everything there is for a host to decide about: people who speak, share and raise a hand, one who waits, one who was removed. */
async function eventfulMeeting() {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await hostOf(meeting);
  const host = ada.client;
  const [bo, silenced, onlooker] = [
    await seated(meeting),
    await seated(meeting),
    await seated(meeting),
  ];
  await bo.client.request('presence:update', { microphone: true, camera: true, screen: true });
  await bo.client.request('hand:raise', {});
  await host.request('speech:set', { participant: silenced.id, allowed: false });

  const exHost = await seated(meeting);
  await host.request('role:set', { participant: exHost.id, role: 'host' });
  await host.request('role:set', { participant: exHost.id, role: 'participant' });
  const leaver = await seated(meeting, { invitation: meeting.hostToken });
  await leaver.client.request('meeting:leave', {});
  const unseated = await TestClient.connect(url, leaver.token);
  const removedHost = await seated(meeting);
  await host.request('role:set', { participant: removedHost.id, role: 'host' });
  await host.request('policy:set', { waitingRoom: true });
  const waiter = await knocks(meeting);
  const waits = await knocks(meeting);
  await host.request('participant:remove', { participant: removedHost.id });
  const elsewhere = await hostOf(await makeMeeting(url));
  await host.until('the removal', () =>
    host.heard['door:changed'].some(
      ({ removed, waiting }) => removed.length === 1 && waiting.length === 2,
    ),
  );
  return {
    ...{ url, meeting, host, bo, silenced, onlooker, exHost, leaver, unseated },
    ...{ removedHost, waiter, waits, elsewhere },
  };
}

test('R61 what hosts may ask has no effect from anybody else, whatever state they are in', async () => {
  const all = await eventfulMeeting();
  const { url, host, bo, silenced, onlooker, waits, removedHost } = all;
  const about = { participant: bo.id };
  const payloads: { [Name in HostRequest]: Payload<Name>[] } = {
    'policy:set': [{ locked: true }, { waitingRoom: false }, { passcode: 'sesame' }],
    'participant:remove': [about],
    'participant:readmit': [{ participant: removedHost.id }],
    'participant:mute': [about, {}],
    'speech:set': [
      { ...about, allowed: false },
      { participant: silenced.id, allowed: true },
    ],
    'share:stop': [about],
    'meeting:end': [{}],
    'knock:admit': [{ participants: [waits.id] }],
    'knock:deny': [{ participant: waits.id }],
    'knock:tell': [{ participant: waits.id, sealed: 'c2VhbGVk' }],
    'role:set': [
      { ...about, role: 'host' },
      { participant: host.participantId, role: 'participant' },
    ],
  };
  const asked = hostRequests.flatMap((name) =>
    payloads[name].map((payload): [string, object] => [name, payload]),
  );
  // A host may lower the hands of others; nobody else may.
  asked.push(['hand:lower', about]);

  const latest = () => {
    const snapshot = onlooker.client.heard['meeting:changed'].at(-1);
    // One's own hand is one's own to raise, and goes up in the end.
    const people = snapshot?.participants.map((one) => ({
      ...one,
      hand: one.id === onlooker.id ? null : one.hand,
    }));
    return { people, policy: snapshot?.policy, door: host.heard['door:changed'].at(-1) };
  };
  await onlooker.client.snapshot('everybody as they are', ({ participants, policy }) => {
    const isShown = participants.some(({ id, hand }) => id === bo.id && hand !== null);
    return participants.length === 5 && isShown && policy.waitingRoom === true;
  });
  const before = structuredClone(latest());
  for (const [name, payload] of asked) {
    for (const { client } of [bo, all.exHost, silenced])
      if (!(client === bo.client && name === 'hand:lower'))
        expect(await client.ask(name, payload), name).toEqual(refusedAs('forbidden'));
    for (const client of [all.waiter.client, all.leaver.client, all.unseated])
      expect(await client.ask(name, payload), name).toEqual(refusedAs('wrong-state'));
    all.removedHost.client.socket.emit(name, payload);
    // Host of another meeting: theirs is what it concerns, or nobody.
    const isAboutSomebody = 'participant' in payload || 'participants' in payload;
    if (isAboutSomebody)
      expect(await all.elsewhere.client.ask(name, payload), name).toEqual(
        refusedAs('participant-not-found'),
      );
  }
  for (const token of [removedHost.token, all.elsewhere.token.slice(0, -2)])
    await expect(TestClient.connect(url, token)).rejects.toThrow(/removed|token-invalid/);

  // Whatever was asked before this has been told by now.
  await onlooker.client.request('hand:raise', {});
  await onlooker.client.snapshot('the hand', ({ participants }) =>
    participants.some(({ id, hand }) => id === onlooker.id && hand !== null),
  );
  expect(latest()).toEqual(before);
  for (const { client } of [bo, silenced, onlooker, waits])
    for (const name of ['seat:muted', 'seat:unshared', 'knock:told', 'knock:answered'] as const)
      expect(client.heard[name], name).toEqual([]);
});

test('R105 R107 nor does it over HTTP', async () => {
  const all = await eventfulMeeting();
  const schedule = { start: '2100-01-02T10:00', duration: 30, timeZone: 'UTC' };
  const calls = [
    ['GET', 'tokens'],
    ['POST', 'tokens', { role: 'host' }],
    ['DELETE', `tokens/${newId()}`],
    ['GET', 'schedule'],
    ['PUT', 'schedule', { schedule }],
  ] as const;
  const { bo, exHost, silenced, waiter, removedHost, elsewhere } = all;
  for (const { token } of [bo, exHost, silenced, waiter, removedHost, elsewhere])
    for (const [method, path, body] of calls) {
      const { status, answer } = await new HostDesk(all.meeting, token).ask(method, path, body);
      const refusal = token === elsewhere.token ? [401, 'token-invalid'] : [403, 'forbidden'];
      expect([status, answer.error], `${method} ${path}`).toEqual(refusal);
    }
  const desk = new HostDesk(all.meeting, all.meeting.hostToken);
  expect([await desk.list(), await desk.readSchedule()]).toEqual([[], null]);
});
