import type { Snapshot } from '@confab/protocol';
import { expect, test } from 'vitest';
import { seededRandom } from './seeded-random.ts';
import { startProcess } from './server-process.ts';
import { joinMeeting, newId, TestClient } from './test-client.ts';
import { admitted, makeMeeting } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

type Act = 'join' | 'leave';

/** What one person asked for and what the server acknowledged. */
class Person {
  readonly meeting: TestMeeting;
  token = '';
  /** The last acknowledged join. */
  seat: { id: string; arrival: number; incarnation: string; resume: string } | null = null;
  hasAskedToLeave = false;
  hasLeft = false;
  readonly clients: TestClient[] = [];
  /** All that the server told of the meeting. */
  readonly told: Snapshot[] = [];
  onAcknowledged: () => void = () => undefined;

  constructor(meeting: TestMeeting) {
    this.meeting = meeting;
  }

  /** Enters, or enters anew like a reloaded page. */
  async join(): Promise<void> {
    this.token ||= (await admitted(this.meeting)).token;
    const client = await TestClient.connect(this.meeting.url, this.token);
    this.clients.push(client);
    const incarnation = newId();
    const { resume: shown } = this.seat ?? {};
    const reply = await client.join({ incarnation, ...(shown !== undefined && { resume: shown }) });
    const { participantId: id, resume, snapshot } = reply;
    const arrival = snapshot.participants.find((one) => one.id === id)?.arrival ?? 0;
    this.told.push(snapshot);
    this.seat = { id, arrival, incarnation, resume };
    this.onAcknowledged();
  }

  async act(acts: Act[]): Promise<void> {
    for (const act of acts) await (act === 'join' ? this.join() : this.leave());
  }

  async leave(): Promise<void> {
    this.hasAskedToLeave = true;
    this.hasLeft = (await this.clients.at(-1)?.request('meeting:leave', {}))?.ok === true;
    this.onAcknowledged();
  }
}

test.each([1, 2, 3, 4])(
  'R41 R9 R11 killed in the middle of fifty joins and leaves, the server has all it acknowledged (seed %i)',
  async (seed) => {
    const random = seededRandom(seed);
    const first = startProcess({ TRUST_PROXY: '127.0.0.1' });
    const url = await first.ready();
    const meetings = await Promise.all([1, 2, 3, 4].map(() => makeMeeting(url)));
    const people = [1, 2, 3, 4, 5, 6].flatMap(() => meetings.map((one) => new Person(one)));
    const early = people.slice(0, 12);
    await Promise.all(early.map((person) => person.join()));

    const plans = people.map((person): Act[] => {
      const isEarly = early.includes(person);
      const leaves = random() < 0.4;
      if (leaves) return isEarly ? ['leave'] : ['join', 'leave'];
      return ['join', 'join', ...(isEarly ? [] : (['join'] as const))];
    });
    const killAt = Math.floor(plans.flat().length * (0.2 + 0.6 * random()));
    let acknowledged = 0;
    const killed = new Promise<void>((resolve) => {
      for (const person of people)
        person.onAcknowledged = () => {
          if (++acknowledged === killAt) resolve(void first.child.kill('SIGKILL'));
        };
    });
    await Promise.allSettled(people.map((person, index) => person.act(plans[index] ?? [])));
    await killed;
    await first.exit;

    const second = startProcess({ DATA_DIR: first.dataDir });
    const urlAfter = await second.ready();
    for (const meeting of meetings)
      await expectWhole(
        { ...meeting, url: urlAfter },
        people.filter((person) => person.meeting === meeting),
      );
  },
);

/** Everybody who was acknowledged, and everybody others were told of, is there once; nobody who left is; and all may come back. */
async function expectWhole(meeting: TestMeeting, people: Person[]): Promise<void> {
  const newcomer = await joinMeeting(meeting);
  const { snapshot } = await newcomer.join();
  const others = snapshot.participants.filter(({ id }) => id !== newcomer.participantId);
  expect(others.every(({ presence }) => presence === 'reconnecting')).toBe(true);
  expectNobodyTwice(snapshot);
  const arrivals = people.map(({ seat }) => seat?.arrival ?? 0);
  expect(snapshot.participants.at(-1)?.arrival).toBeGreaterThan(Math.max(0, ...arrivals));

  const found = new Set(others.map(({ id }) => id));
  const leaving = new Set(people.filter((p) => p.hasAskedToLeave).map((p) => p.seat?.id));
  const told = people.flatMap((p) => [
    ...p.told,
    ...p.clients.flatMap(({ heard }) => heard['meeting:changed']),
  ]);
  for (const { id } of told.flatMap(({ participants }) => participants))
    if (!leaving.has(id)) expect(found, 'told of before the end').toContain(id);
  for (const { seat, token, hasLeft, hasAskedToLeave } of people) {
    if (seat === null) continue;
    if (hasLeft) expect(found, 'has left').not.toContain(seat.id);
    if (hasAskedToLeave) continue;
    const kept = others.find(({ id }) => id === seat.id);
    expect(kept, 'acknowledged').toMatchObject({ arrival: seat.arrival });
    const client = await TestClient.connect(meeting.url, token);
    const back = await client.join({ incarnation: seat.incarnation, resume: seat.resume });
    expectNobodyTwice(back.snapshot);
    expect(back.snapshot.participants).toContainEqual(
      expect.objectContaining({ id: seat.id, arrival: seat.arrival, presence: 'present' }),
    );
  }
}

function expectNobodyTwice({ participants }: Snapshot): void {
  expect(new Set(participants.map(({ id }) => id)).size).toBe(participants.length);
  expect(new Set(participants.map(({ arrival }) => arrival)).size).toBe(participants.length);
}
