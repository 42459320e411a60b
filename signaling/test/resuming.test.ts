import { expect, test } from 'vitest';
import { joinMeeting, newId, someone, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';

/** One participant in a meeting where another watches, and a way to come to its seat on further connections. */
async function seated() {
  const { url } = await startTestServer();
  const meeting = await makeMeeting(url);
  const watcher = await joinMeeting(meeting);
  const { token } = await admitted(meeting);
  const page = newId();
  const first = await TestClient.connect(url, token);
  const { resume, participantId } = await first.join({ incarnation: page });
  const connect = () => TestClient.connect(url, token);
  return { watcher, first, page, resume, participantId, connect };
}

test('R8 the newest connection has the seat; the older one is told and closed', async () => {
  const { watcher, first, page, resume, participantId, connect } = await seated();
  const newer = await connect();
  const after = await newer.join({ incarnation: page, resume });
  await first.until('seat:taken', () => first.heard['seat:taken'].length === 1);
  expect(await first.until('the end', () => first.disconnected)).toBe('io server disconnect');
  expect(after.snapshot.participants.map(({ id, arrival }) => [id, arrival])).toEqual([
    [watcher.participantId, 1],
    [participantId, 2],
  ]);
  watcher.signal(participantId);
  await newer.until('a signal', () => newer.heard['signal:received'].length === 1);
});

test('R8 nobody makes everybody begin their links anew without end', async () => {
  const { watcher, first, page, participantId, connect } = await seated();
  let { resume } = first;
  let latest = page;
  const answers: string[] = [];
  for (let reload = 0; reload < 14; reload++) {
    const arriving = { ...someone(), resume };
    const reply = await first.request('meeting:join', arriving);
    answers.push(reply.ok ? 'ok' : reply.error);
    if (reply.ok) ({ resume } = reply.data);
    if (reply.ok) latest = arriving.incarnation;
  }
  const refused = answers.filter((answer) => answer !== 'ok');
  expect(new Set(refused)).toEqual(new Set(['too-many-requests']));
  expect(refused.length).toBeGreaterThan(0);
  const shown = watcher.heard['meeting:changed'].flatMap(({ participants }) =>
    participants.filter(({ id }) => id === participantId).map(({ incarnation }) => incarnation),
  );
  expect(new Set(shown).size).toBeLessThan(14);
  // The page itself comes back as ever.
  const again = await (await connect()).join({ resume, incarnation: latest });
  expect(again.participantId).toBe(participantId);
});

test('R8 a reload shows its token and gets the seat; the token alone of who is somebody else’s does not', async () => {
  const { watcher, first, resume, participantId, connect } = await seated();
  const thief = await connect();
  await expect(thief.join()).rejects.toThrow('resume-invalid');
  await expect(thief.join({ resume: newId() + newId().slice(1) })).rejects.toThrow(
    'resume-invalid',
  );
  expect(first.heard['seat:taken']).toEqual([]);
  expect((await first.request('token:renew', {})).ok).toBe(true);

  const incarnation = newId();
  const reloaded = await connect();
  const { snapshot } = await reloaded.join({ incarnation, resume });
  expect(snapshot.participants[1]).toMatchObject({ id: participantId, arrival: 2, incarnation });
  const { participants } = await watcher.snapshot(
    'the fresh page',
    (s) => s.participants[1]?.incarnation === incarnation,
  );
  expect(participants).toHaveLength(2);
});

test('R8 whose reply was lost shows the same token again', async () => {
  const { resume, connect } = await seated();
  await (await connect()).join({ resume });
  const again = await (await connect()).join({ resume });
  await (await connect()).join({ resume: again.resume });
});

test('R8 a token is dead once the one after it was shown', async () => {
  const { resume, connect } = await seated();
  const second = await (await connect()).join({ resume });
  const third = await (await connect()).join({ resume: second.resume });
  await expect((await connect()).join({ resume })).rejects.toThrow('resume-invalid');
  const fourth = await (await connect()).join({ resume: third.resume });
  for (const stale of [resume, second.resume])
    await expect((await connect()).join({ resume: stale })).rejects.toThrow('resume-invalid');
  await (await connect()).join({ resume: fourth.resume });
});

test('R8 the page that has the seat needs no token until it has shown one', async () => {
  const { page, connect } = await seated();
  const second = await (await connect()).join({ incarnation: page });
  const other = await connect();
  await expect(other.join({ incarnation: newId() })).rejects.toThrow('resume-invalid');
  const third = await (await connect()).join({ incarnation: page, resume: second.resume });
  const forgetful = await connect();
  await expect(forgetful.join({ incarnation: page })).rejects.toThrow('resume-invalid');
  await (await connect()).join({ incarnation: page, resume: third.resume });
});

test('R8 a join on the connection that has the seat needs no token, and costs none', async () => {
  const { page, resume, connect } = await seated();
  const second = await (await connect()).join({ incarnation: page, resume });
  const holder = await connect();
  const third = await holder.join({ incarnation: page, resume: second.resume });
  await holder.join({ incarnation: page, hello: 'bmFtZQ' });
  await (await connect()).join({ incarnation: page, resume: third.resume });
});

test('R8 of two connections that show the same token at once, one has the seat', async () => {
  const { watcher, resume, connect } = await seated();
  const pair = [await connect(), await connect()];
  const replies = await Promise.allSettled(pair.map((client) => client.join({ resume })));
  expect(replies.some(({ status }) => status === 'fulfilled')).toBe(true);
  const [one, other] = pair as [TestClient, TestClient];
  const loser = await Promise.race(
    [one, other].map((client) =>
      client.until('seat:taken', () => client.heard['seat:taken'].length === 1 && client),
    ),
  );
  const winner = loser === one ? other : one;
  watcher.signal(winner.participantId);
  await winner.until('a signal', () => winner.heard['signal:received'].length === 1);
  expect(loser.heard['signal:received']).toEqual([]);
});

test('R8 a hundred connections of one page end as one participant', async () => {
  const { watcher, page, connect } = await seated();
  const clients = await Promise.all(Array.from({ length: 100 }, connect));
  await Promise.allSettled(clients.map((client) => client.join({ incarnation: page })));
  await Promise.all(
    clients.map((client) =>
      client.until(
        'the end of all but one',
        () =>
          client.disconnected !== null ||
          clients.filter((c) => c.disconnected === null).length === 1,
      ),
    ),
  );
  const { snapshot } = await watcher.join();
  expect(snapshot.participants.map(({ presence }) => presence)).toEqual(['present', 'present']);
});
