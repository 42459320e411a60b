import { setTimeout as passes } from 'node:timers/promises';
import type { Snapshot } from '@confab/protocol';
import { expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { startProcess } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, makeMeeting, startTestServer } from './test-server.ts';

test('R9 who is lost because the server stood still is shown for 15 s', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const [stays, lost] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  clock.advance(1_000);
  clock.standStill(3_500);
  clock.advance(5_000);
  lost.socket.io.engine.close();
  await stays.snapshot('a loss', (s) => s.participants[1]?.presence === 'reconnecting');
  clock.advance(14_900);
  expect((await stays.join()).snapshot.participants).toHaveLength(2);
  clock.advance(200);
  expect((await stays.join()).snapshot.participants).toHaveLength(1);
});

test('R9 a short stop of the server, and one that is long past, change nothing', async () => {
  const clock = new FakeClock();
  const { url } = await startTestServer({}, { clock });
  const meeting = await makeMeeting(url);
  const [stays, lost] = [await joinMeeting(meeting), await joinMeeting(meeting)];
  clock.standStill(20_000);
  clock.advance(16_000);
  clock.standStill(1_900);
  lost.socket.io.engine.close();
  await stays.snapshot('a loss', (s) => s.participants[1]?.presence === 'reconnecting');
  clock.advance(6_100);
  expect((await stays.join()).snapshot.participants).toHaveLength(1);
});

/** A person whose page comes back to its seat as often as it loses its connection. */
class Returner {
  readonly told: Snapshot[] = [];
  losses = 0;
  client: TestClient | undefined;
  private readonly url: string;
  private readonly token: string;
  private readonly incarnation = newId();
  private resume: string | undefined;

  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  async join(): Promise<void> {
    const client = await TestClient.connect(this.url, this.token);
    const { incarnation, resume } = this;
    const reply = await client.join({ incarnation, ...(resume !== undefined && { resume }) });
    this.resume = reply.resume;
    this.told.push(reply.snapshot);
    client.socket.on('meeting:changed', (snapshot: Snapshot) => this.told.push(snapshot));
    client.socket.on('disconnect', () => {
      this.losses++;
      this.client = undefined;
    });
    this.client = client;
  }
}

async function threePeople(server: ServerProcess) {
  const meeting = await makeMeeting(await server.ready());
  const people: Returner[] = [];
  for (let count = 0; count < 3; count++) {
    const person = new Returner(meeting.url, (await admitted(meeting)).token);
    await person.join();
    people.push(person);
  }
  return people;
}

/** The fault itself: the process gets no time to run. */
async function standsStill(server: ServerProcess, ms: number): Promise<void> {
  server.child.kill('SIGSTOP');
  await passes(ms);
  server.child.kill('SIGCONT');
}

test('R9 a server that stands still for 3 s loses nobody', async () => {
  const server = startProcess({});
  const people = await threePeople(server);
  await standsStill(server, 3_000);
  for (const { client } of people)
    expect((await client?.request('token:renew', {}))?.ok).toBe(true);
  expect(people.map(({ losses }) => losses)).toEqual([0, 0, 0]);
});

test('R9 after a server stood still for 12 s everybody is back, and nobody was missing or there twice', async () => {
  const server = startProcess({});
  const people = await threePeople(server);
  const before = people.map(({ told }) => told.length);
  await standsStill(server, 12_000);
  await expect
    .poll(() => people.map(({ losses }) => losses), { timeout: 20_000 })
    .toEqual([1, 1, 1]);
  for (const person of people) await person.join();
  const present = ['present', 'present', 'present'];
  for (const { told } of people)
    await expect
      .poll(() => told.at(-1)?.participants.map(({ presence }) => presence), { timeout: 20_000 })
      .toEqual(present);
  for (const [index, { told }] of people.entries())
    for (const { participants } of told.slice(before[index]))
      expect(participants.map(({ arrival }) => arrival)).toEqual([1, 2, 3]);
});
