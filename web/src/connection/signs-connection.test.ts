import { Refusal, type RefusalCode } from '@confab/protocol';
import { expect, test, vi } from 'vitest';
import { Emitter } from './emitter.ts';
import type { SignalingEvents } from './signaling-client.ts';
import { SignsConnection } from './signs-connection.ts';
import { ManualClock } from './test/manual-clock.ts';
import { meetingId, person } from './test/sealed-people.ts';

/** A pair's signs, and a server that carries what each of them says, or answers as the test tells it. */
async function signsOf() {
  const clock = new ManualClock();
  const asked: string[] = [];
  const refused: string[] = [];
  let answer: RefusalCode | null = null;
  const people = [await person(10, 1), await person(20, 2)] as const;
  const ends = people.map(({ self, sealer }) => {
    const events = new Emitter<SignalingEvents>();
    const told: unknown[] = [];
    const client = {
      events,
      request: (name: string, payload: object) => {
        asked.push(`${name} ${JSON.stringify(payload)}`);
        return answer === null ? Promise.resolve({}) : Promise.reject(new Refusal(answer));
      },
    } as unknown as Parameters<SignsConnection['enter']>[0];
    const signs = new SignsConnection({
      meetingId,
      clock,
      onRefused: (_from, kind) => refused.push(kind),
    });
    signs.events.on('reaction', (event) => told.push(event));
    signs.events.on('hand', (event) => told.push(event));
    return { signs, client, events, told, entry: { self, sealer } };
  });
  const [ada, bo] = ends as [(typeof ends)[0], (typeof ends)[0]];
  const known = people.map(({ known: one }) => one);
  for (const end of ends) end.signs.know(known);
  /** Until all that follows from what was asked has been; for nothing that is sealed or opened, which takes its time elsewhere. */
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await new Promise((done) => setTimeout(done, 0));
  };
  const answers = (code: RefusalCode | null) => (answer = code);
  return { clock, ada, bo, known, asked, refused, settle, answers };
}

const lastSealed = (asked: string[]) =>
  (JSON.parse(asked.at(-1)?.replace('reaction:send ', '') ?? '{}') as { sealed: string }).sealed;

test('R58 a reaction is opened by the others, once, and only as its sender’s', async () => {
  const { ada, bo, asked, refused } = await signsOf();
  for (const { signs, client, entry } of [ada, bo]) signs.enter(client, entry);
  const [adasId, bosId] = [ada.entry.self.participantId, bo.entry.self.participantId];
  await ada.signs.react('👏');
  expect(ada.told).toEqual([{ participantId: adasId, emoji: '👏' }]);
  const sealed = lastSealed(asked);
  for (const from of [adasId, adasId, bosId]) bo.events.emit('reaction:received', { from, sealed });
  await vi.waitFor(() => expect(bo.told.length + refused.length).toBe(3));
  expect(bo.told).toEqual([{ participantId: adasId, emoji: '👏' }]);
  expect(refused.sort()).toEqual(['repeated', 'stale']);
});

test('R58 R19 what is no reaction is refused', async () => {
  const { ada, bo, refused } = await signsOf();
  bo.signs.enter(bo.client, bo.entry);
  const from = ada.entry.self.participantId;
  const hello = await ada.entry.sealer.sealHello({ name: 'Ada', fingerprint: 'x' });
  const other = await ada.entry.sealer.sealReaction({ emoji: '<b>' as never });
  for (const sealed of [hello, other, 'AAAA'])
    bo.events.emit('reaction:received', { from, sealed });
  await vi.waitFor(() => expect(refused).toHaveLength(3));
  expect(bo.told).toEqual([]);
  expect(refused).toEqual(['altered', 'altered', 'altered']);
});

test('R58 a reaction the server does not take is not shown', async () => {
  const { ada, answers } = await signsOf();
  ada.signs.enter(ada.client, ada.entry);
  answers('too-many-requests');
  await ada.signs.react('👏');
  expect(ada.told).toEqual([]);
});

test('R57 one’s hand is up at once, and told when the server is back', async () => {
  const { clock, ada, known, asked, settle, answers } = await signsOf();
  ada.signs.enter(ada.client, ada.entry);
  ada.signs.pause(ada.client);
  ada.signs.setHand(true);
  await settle();
  expect([asked, ada.told]).toEqual([[], [{ wanted: true }]]);
  answers('timeout');
  ada.signs.enter(ada.client, ada.entry);
  await settle();
  answers(null);
  clock.advance(1_000);
  await settle();
  expect(asked).toEqual(['hand:raise {}', 'hand:raise {}']);
  expect(ada.told).toEqual([{ wanted: true }]);
  ada.signs.know(known.map((one, index) => (index === 0 ? { ...one, hand: 1 } : one)));
  expect(ada.told).toEqual([{ wanted: true }, { wanted: null }]);
});

test('R57 where the server says no, the snapshot counts again', async () => {
  const { clock, ada, asked, settle, answers } = await signsOf();
  ada.signs.enter(ada.client, ada.entry);
  answers('forbidden');
  ada.signs.setHand(true);
  await settle();
  clock.advance(10_000);
  await settle();
  expect(asked).toEqual(['hand:raise {}']);
  expect(ada.told).toEqual([{ wanted: true }, { wanted: null }]);
});

test('R59 whoever is away says so again after every join, and only then', async () => {
  const { ada, asked, settle } = await signsOf();
  ada.signs.enter(ada.client, ada.entry);
  ada.signs.setAway(false);
  await settle();
  expect(asked).toEqual([]);
  ada.signs.setAway(true);
  await settle();
  ada.signs.pause(ada.client);
  ada.signs.enter(ada.client, ada.entry);
  await settle();
  ada.signs.setAway(false);
  await settle();
  ada.signs.enter(ada.client, ada.entry);
  await settle();
  const set = (away: boolean) => `away:set {"away":${away}}`;
  expect(asked).toEqual([set(true), set(true), set(false)]);
});
