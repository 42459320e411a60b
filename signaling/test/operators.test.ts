import { expect, test } from 'vitest';
import { at, redisWithNodes } from './nodes.ts';
import { OperatorClient } from './operator-client.ts';
import { joinMeeting, newId, someone, TestClient } from './test-client.ts';
import { admitted, askAdmission, makeMeeting, startTestServer } from './test-server.ts';

const ADMIN_TOKEN = 'Vb7uQe0xLr3mJz9tKp5wNc1yHd6fGs4a';
const refusedAs = (error: string) => ({ ok: false, error });
const done = { ok: true, data: {} };

async function watched() {
  const server = await startTestServer({ ADMIN_TOKEN });
  const operator = await OperatorClient.connect(server.url, ADMIN_TOKEN);
  return { ...server, operator };
}

test('R81 operators are let in by the operators’ token alone', async () => {
  const { url } = await startTestServer({ ADMIN_TOKEN });
  const { token } = await admitted(await makeMeeting(url));
  const wrong = [undefined, null, '', ADMIN_TOKEN.slice(1), `${ADMIN_TOKEN} `, [ADMIN_TOKEN], {}];
  for (const shown of [...wrong, token])
    await expect(OperatorClient.connect(url, shown)).rejects.toThrow('token-invalid');
  await expect(OperatorClient.connect(url, ADMIN_TOKEN)).resolves.toBeDefined();
});

test('R81 where there is no such token, nobody is let in', async () => {
  const { url } = await startTestServer();
  for (const shown of [undefined, null, '', 'null', ADMIN_TOKEN])
    await expect(OperatorClient.connect(url, shown)).rejects.toThrow('unknown-request');
});

test('R81 the operators’ token opens no meeting, and a participant can ask nothing of an operator’s', async () => {
  const { url, operator } = await watched();
  const meeting = await makeMeeting(url);
  await expect(TestClient.connect(url, ADMIN_TOKEN)).rejects.toThrow('token-invalid');
  const ana = await joinMeeting(meeting);
  const end = { meetingId: meeting.meetingId };
  expect(await ana.ask('meeting:end', end)).toEqual(refusedAs('invalid-payload'));
  expect(await ana.ask('server:announce', { text: 'Hi' })).toEqual(refusedAs('unknown-request'));
  await operator.report(([node]) => node?.people.present === 1);
  expect(ana.heard['server:announced']).toEqual([]);
});

test('R82 a report counts who is where, and names nobody', async () => {
  const { url, operator } = await watched();
  const [one, two] = [await makeMeeting(url), await makeMeeting(url)];
  await makeMeeting(url);
  const ana = await joinMeeting(one);
  await joinMeeting(one, { transports: ['polling'] });
  const bo = await joinMeeting(two);
  bo.socket.disconnect();
  const reports = await operator.report(
    ([node]) => node?.people.reconnecting === 1 && node.people.present === 2,
  );
  const [node] = reports;
  expect(node).toMatchObject({
    standing: 'ready',
    meetings: {
      total: 3,
      busy: [
        { id: one.meetingId, people: { present: 2, away: 0, reconnecting: 0 }, locked: false },
        { id: two.meetingId, people: { present: 0, away: 0, reconnecting: 1 } },
      ],
    },
    connections: { websocket: 1, polling: 1 },
    counts: { joins: 3, closed: { 'client namespace disconnect': 1 } },
  });
  expect(node?.load.memory).toBeGreaterThan(1_000_000);
  const said = JSON.stringify(reports);
  for (const secret of [ana.participantId, someone().hello, '127.0.0.1', one.proof])
    expect(said).not.toContain(secret);
});

test('R82 reports come as long as somebody looks', async () => {
  const { operator } = await watched();
  const [first] = await operator.report(() => true);
  const [later] = await operator.report(([node]) => (node?.at ?? 0) > (first?.at ?? 0));
  expect(later?.load.cpu).toBeGreaterThan(0);
});

test('R80 what an operator announces reaches everybody in every meeting, as one line of text', async () => {
  const { url, operator } = await watched();
  const people = [
    await joinMeeting(await makeMeeting(url)),
    await joinMeeting(await makeMeeting(url)),
  ];
  const strange = ['', '  ', 'a'.repeat(281), 'two\nlines', 'turned \u202Earound', 7, null];
  for (const text of strange)
    expect(await operator.ask('server:announce', { text })).toEqual(refusedAs('invalid-payload'));
  const text = '<b>Maintenance</b> at 18:00 – über in 5 minutes 👋';
  expect(await operator.ask('server:announce', { text })).toEqual(done);
  for (const one of people) {
    await one.until('the announcement', () => one.heard['server:announced'].length > 0);
    expect(one.heard['server:announced']).toEqual([{ text }]);
  }
});

test('R83 a meeting that an operator ends is over for everybody, now and after a restart', async () => {
  const { operator, ...server } = await watched();
  const meeting = await makeMeeting(server.url);
  const other = await joinMeeting(await makeMeeting(server.url));
  const { token } = await admitted(meeting);
  const ana = await TestClient.connect(server.url, token);
  await ana.join();
  const { meetingId } = meeting;
  expect(await operator.ask('meeting:end', { meetingId })).toEqual(done);
  await ana.until('the end', () => ana.disconnected);
  await expect(TestClient.connect(server.url, token)).rejects.toThrow('meeting-ended');
  expect(await askAdmission(meeting)).toMatchObject({ answer: { error: 'meeting-ended' } });
  expect(await operator.ask('meeting:end', { meetingId })).toEqual(refusedAs('meeting-not-found'));
  expect(other.disconnected).toBeNull();
  await server.close();
  const again = await startTestServer({ DATA_DIR: server.settings.dataDir });
  const moved = { ...meeting, url: again.url };
  expect(await askAdmission(moved)).toMatchObject({ answer: { error: 'meeting-ended' } });
});

test('R83 an operator’s bad requests are answered, and too many of them refused', async () => {
  const { operator } = await watched();
  for (const name of ['nothing:known', '__proto__', 'meeting:join'])
    expect(await operator.ask(name, {})).toEqual(refusedAs('unknown-request'));
  for (const payload of [undefined, null, {}, { meetingId: '*' }, { meetingId: newId(), more: 1 }])
    expect(await operator.ask('meeting:end', payload)).toEqual(refusedAs('invalid-payload'));
  const many = Array.from({ length: 12 }, () => operator.ask('server:announce', {}));
  expect(await Promise.all(many)).toContainEqual(refusedAs('too-many-requests'));
});

test('R82 R80 R83 at one of several nodes an operator sees all of them, and reaches everybody', async () => {
  const { startNode } = await redisWithNodes();
  const [one, two] = [await startNode({ ADMIN_TOKEN }), await startNode({ ADMIN_TOKEN })];
  const meeting = await makeMeeting(two.url);
  const ana = await joinMeeting(meeting);
  const bo = await joinMeeting(at(one, meeting));
  const operator = await OperatorClient.connect(one.url, ADMIN_TOKEN);
  const nodes = await operator.report((all) => all.length === 2);
  expect(nodes.map(({ people }) => people.present)).toEqual([0, 2]);
  expect(nodes.map(({ connections }) => connections.websocket)).toEqual([1, 1]);
  await operator.ask('server:announce', { text: 'Hello, all of you' });
  for (const person of [ana, bo])
    await person.until('the announcement', () => person.heard['server:announced'].length === 1);
  expect(await operator.ask('meeting:end', { meetingId: meeting.meetingId })).toEqual(done);
  for (const person of [ana, bo]) await person.until('the end', () => person.disconnected);
  expect(await askAdmission(at(one, meeting))).toMatchObject({
    answer: { error: 'meeting-ended' },
  });
});

test('R83 R54 what is announced while the other nodes cannot be reached is heard here, and not said to be everywhere', async () => {
  const { redis, startNode } = await redisWithNodes();
  const { url } = await startNode({ ADMIN_TOKEN });
  const ana = await joinMeeting(await makeMeeting(url));
  const operator = await OperatorClient.connect(url, ADMIN_TOKEN);
  await redis.kill();
  const text = 'Hello, those of you who hear it';
  expect(await operator.ask('server:announce', { text })).toEqual(refusedAs('internal'));
  await ana.until('the announcement', () => ana.heard['server:announced'].length === 1);
});
