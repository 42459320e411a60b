import { randomBytes } from 'node:crypto';
import type { Payload } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';

function said(sealed = 'c2VhbGVk', to?: string): Payload<'chat:send'> {
  return { id: newId(), sealed, ...(to !== undefined && { to }) };
}

async function meetingOf(count: number, url: string): Promise<TestClient[]> {
  const meeting = await makeMeeting(url);
  const people = [];
  for (let index = 0; index < count; index++) people.push(await joinMeeting(meeting));
  return people;
}

async function read(client: TestClient, after = 0) {
  const reply = await client.request('chat:read', { after });
  if (!reply.ok) throw new Error(reply.error);
  return reply.data;
}

/** Page by page. */
async function readAll(client: TestClient) {
  const all = [];
  for (let after = 0, more = true; more;) {
    const page = await read(client, after);
    all.push(...page.messages);
    ({ upTo: after, more } = page);
  }
  return all;
}

test('R42 three people write at once, and all get one order', async () => {
  const { url } = await startTestServer();
  const people = (await meetingOf(3, url)) as [TestClient, TestClient, TestClient];
  const replies = await Promise.all(
    people.flatMap((one) => Array.from({ length: 15 }, () => one.request('chat:send', said()))),
  );
  expect(replies.every(({ ok }) => ok)).toBe(true);
  const { messages } = await read(people[0]);
  expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 45 }, (_, i) => i + 1));
  for (const one of people) {
    await one.until('thirty messages', () => one.heard['chat:received'].length === 30);
    expect(one.heard['chat:received']).toEqual(
      messages.filter(({ from }) => from !== one.participantId),
    );
  }
});

test('R42 the same id again gets the same answer, on another connection too, and reaches nobody again', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const reader = await joinMeeting(meeting);
  const { token } = await admitted(meeting);
  const older = await TestClient.connect(url, token);
  const { resume } = await older.join();
  const message = said();
  const first = await older.request('chat:send', message);
  expect(await older.request('chat:send', message)).toEqual(first);
  const newer = await TestClient.connect(url, token);
  await newer.join({ resume });
  expect(await newer.request('chat:send', message)).toEqual(first);
  await newer.request('chat:send', said('b3RoZXI'));
  await reader.until('the other', () => reader.heard['chat:received'].at(-1)?.sealed === 'b3RoZXI');
  expect(reader.heard['chat:received']).toHaveLength(2);
});

test('R42 a private message reaches its addressee and nobody else, in no way', async () => {
  const { url } = await startTestServer();
  const [ada, bo, cy] = (await meetingOf(3, url)) as [TestClient, TestClient, TestClient];
  const sent = await ada.request('chat:send', said('cHJpdmF0ZQ', bo.participantId));
  expect(sent).toMatchObject({ ok: true, data: { seq: 1 } });
  await ada.request('chat:send', said('cHVibGlj'));
  for (const one of [bo, cy])
    await one.until('the public one', () =>
      one.heard['chat:received'].some(({ sealed }) => sealed === 'cHVibGlj'),
    );
  expect(bo.heard['chat:received'].map(({ sealed }) => sealed)).toEqual(['cHJpdmF0ZQ', 'cHVibGlj']);
  expect(cy.heard['chat:received'].map(({ sealed }) => sealed)).toEqual(['cHVibGlj']);
  expect((await read(ada)).messages).toHaveLength(2);
  expect((await read(bo)).messages).toHaveLength(2);
  expect((await read(cy)).messages.map(({ sealed }) => sealed)).toEqual(['cHVibGlj']);
});

test('R42 nobody but a seat of the own meeting can be addressed', async () => {
  const { url } = await startTestServer();
  const [ada, gone] = (await meetingOf(2, url)) as [TestClient, TestClient];
  const [stranger] = (await meetingOf(1, url)) as [TestClient];
  await gone.request('meeting:leave', {});
  for (const to of [stranger.participantId, gone.participantId, newId(), ada.participantId])
    expect(await ada.request('chat:send', said('Y2FuYXJ5', to))).toEqual({
      ok: false,
      error: 'participant-not-found',
    });
  await ada.request('chat:send', said());
  expect((await read(stranger)).messages).toEqual([]);
  expect(stranger.heard['chat:received']).toEqual([]);
  expect((await read(ada)).messages).toHaveLength(1);
});

test('R42 a private message waits for somebody whose connection is lost', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  const { token, participantId } = await admitted(meeting);
  const lost = await TestClient.connect(url, token);
  const { resume } = await lost.join();
  lost.socket.disconnect();
  await ada.snapshot('reconnecting', (s) => s.participants[1]?.presence === 'reconnecting');
  expect(await ada.request('chat:send', said('d2FpdA', participantId))).toMatchObject({ ok: true });
  const back = await TestClient.connect(url, token);
  await back.join({ resume });
  expect((await read(back)).messages).toMatchObject([
    { sealed: 'd2FpdA', from: ada.participantId },
  ]);
});

test('R43 who comes late reads what was said, who was cut off what it missed', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  for (const text of ['b25l', 'dHdv', 'dGhyZWU']) await ada.request('chat:send', said(text));
  const late = await joinMeeting(meeting);
  expect((await read(late)).messages.map(({ sealed }) => sealed)).toEqual([
    'b25l',
    'dHdv',
    'dGhyZWU',
  ]);
  expect((await read(late, 2)).messages.map(({ seq }) => seq)).toEqual([3]);
  expect(await read(late, 3)).toEqual({ messages: [], upTo: 3, more: false });
});

test.each([
  ['left', 4, 1],
  ['left', 6, 0],
  ['was lost from', 54, 1],
  ['was lost from', 61, 0],
] as const)(
  'R43 who comes into a meeting that the last one %s %i minutes ago reads what was said: %i messages',
  async (how, minutes, count) => {
    const clock = new FakeClock();
    const { url } = await startTestServer({}, { clock });
    const meeting = await makeMeeting(url);
    const ada = await joinMeeting(meeting);
    await ada.request('chat:send', said());
    const bo = await joinMeeting(meeting);
    expect(await readAll(bo)).toHaveLength(1);
    if (how === 'left') await bo.request('meeting:leave', {});
    else {
      clock.advance(1_000);
      bo.socket.io.engine.close();
      await ada.snapshot('who was lost', ({ participants }) =>
        participants.some(({ presence }) => presence === 'reconnecting'),
      );
    }
    await ada.request('meeting:leave', {});
    clock.advance(minutes * 60_000);
    const cy = await joinMeeting(meeting);
    expect(await readAll(cy)).toHaveLength(count);
    expect(await cy.request('chat:send', said())).toMatchObject({ ok: true, data: { seq: 2 } });
    expect(await readAll(cy)).toHaveLength(count + 1);
  },
);

test('R42 a budget of 20 at once and 2 a second, whichever connection; repetitions are free', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const { token } = await admitted(meeting);
  const ada = await TestClient.connect(url, token);
  const { resume } = await ada.join();
  const first = said();
  for (const message of [first, ...Array.from({ length: 19 }, () => said())])
    expect((await ada.request('chat:send', message)).ok).toBe(true);
  const tooMany = { ok: false, error: 'too-many-requests' };
  expect(await ada.request('chat:send', said())).toEqual(tooMany);
  expect((await ada.request('chat:send', first)).ok).toBe(true);
  const again = await TestClient.connect(url, token);
  await again.join({ resume });
  expect(await again.request('chat:send', said())).toEqual(tooMany);
  clock.advance(500);
  expect((await again.request('chat:send', said())).ok).toBe(true);
  expect(await again.request('chat:send', said())).toEqual(tooMany);
});

test('R1 R42 messages that do not fit are refused, and kept nowhere', async () => {
  const { url } = await startTestServer();
  const [ada, bo] = (await meetingOf(2, url)) as [TestClient, TestClient];
  const right = said();
  for (const wrong of [
    { ...right, id: 'short' },
    { ...right, id: `${'A'.repeat(21)}B` },
    { ...right, sealed: '' },
    { ...right, sealed: 'not base64url!' },
    { ...right, sealed: 'A'.repeat(24_577) },
    { ...right, to: null },
    { ...right, to: [bo.participantId] },
    { ...right, to: `meeting:${newId()}` },
    { ...right, from: bo.participantId },
    { ...right, seq: 1 },
    { id: right.id },
  ])
    expect(await ada.ask('chat:send', wrong), JSON.stringify(wrong).slice(0, 80)).toEqual({
      ok: false,
      error: 'invalid-payload',
    });
  for (const after of [-1, 1.5, '0', null])
    expect(await ada.ask('chat:read', { after })).toEqual({ ok: false, error: 'invalid-payload' });
  expect((await ada.request('chat:send', said('A'.repeat(24_576)))).ok).toBe(true);
  await bo.until('the right one', () => bo.heard['chat:received'].length === 1);
  expect((await read(bo)).messages).toHaveLength(1);
});

test('R5 the chat is closed to whoever has no seat', async () => {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const ada = await joinMeeting(meeting);
  await ada.request('chat:send', said());
  const { token } = await admitted(meeting);
  const outside = await TestClient.connect(url, token);
  const wrongState = { ok: false, error: 'wrong-state' };
  expect(await outside.request('chat:read', { after: 0 })).toEqual(wrongState);
  expect(await outside.request('chat:send', said())).toEqual(wrongState);
  expect(await outside.request('typing:announce', {})).toEqual(wrongState);
});

test('R47 who writes is shown to the others, or to the addressee alone, once a second', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const [ada, bo, cy] = (await meetingOf(3, url)) as [TestClient, TestClient, TestClient];
  const from = ada.participantId;
  await ada.request('typing:announce', {});
  await ada.request('typing:announce', {});
  await ada.request('chat:send', said());
  for (const one of [bo, cy]) {
    await one.until('the message', () => one.heard['chat:received'].length === 1);
    expect(one.heard['typing:announced']).toEqual([{ from }]);
  }
  clock.advance(1_000);
  await ada.request('typing:announce', { to: bo.participantId });
  await bo.until('a second hint', () => bo.heard['typing:announced'].length === 2);
  await ada.request('chat:send', said());
  await cy.until('the next message', () => cy.heard['chat:received'].length === 2);
  expect(cy.heard['typing:announced']).toHaveLength(1);
  expect(ada.heard['typing:announced']).toEqual([]);
});

test('the log holds nothing of a message, sealed or not', async () => {
  const server = await startTestServer();
  const [ada, bo] = (await meetingOf(2, server.url)) as [TestClient, TestClient];
  const canary = randomBytes(24).toString('base64url');
  const message = said(canary);
  await ada.request('chat:send', message);
  await bo.until('the message', () => bo.heard['chat:received'].length === 1);
  await ada.ask('chat:send', { ...message, id: 'x' });
  expect(server.logged()).not.toContain(canary);
  expect(server.logged()).not.toContain(message.id);
});
