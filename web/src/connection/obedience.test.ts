import { expect, test, vi } from 'vitest';
import type { KnownParticipant } from './known-participant.ts';
import type { Tracks } from './link-connection.ts';
import { Obedience } from './obedience.ts';
import { ManualClock } from './test/manual-clock.ts';

/** A meeting of oneself, Bo and Cy, in which Bo's page sends sound whenever `speaks`; what watches is not there yet. */
function meeting() {
  const clock = new ManualClock();
  const page = { speaks: true, bytes: 0, fails: false };
  const allowed: string[][] = [];
  const shut: string[][] = [];
  const obedience = new Obedience({
    selfId: 'self',
    clock,
    stats: () => {
      const entry = { type: 'inbound-rtp', trackIdentifier: 'voice', bytesReceived: page.bytes };
      const report = new Map([['1', entry]]) as unknown as RTCStatsReport;
      return page.fails ? Promise.reject(new Error('closed')) : Promise.resolve(report);
    },
    onAllowed: (participants) => allowed.push(participants.map(({ id }) => id)),
    onDisobedience: (ids) => shut.push(ids),
  });
  obedience.receive('bo', { microphone: { id: 'voice' } } as Tracks);
  const people = (bo: Partial<KnownParticipant> = {}) =>
    [
      { id: 'self' },
      { id: 'bo', incarnation: 'first', presence: 'present', ...bo },
      { id: 'cy' },
    ].map((one) => one as KnownParticipant);
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 50) {
      page.bytes += page.speaks ? 150 : 0;
      clock.advance(50);
      for (let turn = 0; turn < 8; turn++) await Promise.resolve();
    }
  };
  return { obedience, people, pass, page, allowed, shut, clock };
}

/** The same once what watches is there. */
async function watching() {
  const { obedience, people, clock, ...rest } = meeting();
  obedience.see(people());
  clock.advance(2_000);
  await vi.dynamicImportSettled();
  return { obedience, people, clock, ...rest };
}

const all = ['self', 'bo', 'cy'];
const withoutBo = ['self', 'cy'];
const forbidden = { speech: 'forbidden', heedless: true } as const;

test('R100 the link to whoever goes on is closed, and another made when the word is over', async () => {
  const { obedience, people, pass, allowed, shut } = await watching();
  obedience.see(people(forbidden));
  expect(allowed.at(-1)).toEqual(all);
  await pass(1_000);
  expect([allowed.at(-1), shut]).toEqual([withoutBo, [['bo']]]);
  obedience.see(people(forbidden));
  await pass(60_000);
  expect([allowed.at(-1), shut]).toEqual([withoutBo, [['bo']]]);
  obedience.see(people());
  expect([allowed.at(-1), shut]).toEqual([all, [['bo'], []]]);
});

test('R100 whoever does as they are told keeps the link', async () => {
  const { obedience, people, pass, page, allowed, shut } = await watching();
  obedience.see(people(forbidden));
  await pass(300);
  page.speaks = false;
  await pass(60_000);
  expect([allowed.at(-1), shut]).toEqual([all, []]);
  page.speaks = true;
  await pass(3_000);
  expect(allowed.at(-1)).toEqual(withoutBo);
});

test('R100 a page that was only slow has one more chance, and one that says so falsely no other', async () => {
  const { obedience, people, pass, page, allowed } = await watching();
  obedience.see(people(forbidden));
  await pass(1_000);
  page.speaks = false;
  obedience.see(people({ speech: 'forbidden' }));
  await pass(5_000);
  expect(allowed.at(-1)).toEqual(all);
  page.speaks = true;
  await pass(5_000);
  expect(allowed.at(-1)).toEqual(withoutBo);
  obedience.see(people(forbidden));
  obedience.see(people({ speech: 'forbidden' }));
  expect(allowed.at(-1)).toEqual(withoutBo);
});

test('R8 R100 another page load is another matter', async () => {
  const { obedience, people, pass, page, allowed } = await watching();
  obedience.see(people(forbidden));
  await pass(1_000);
  page.speaks = false;
  obedience.see(people({ ...forbidden, incarnation: 'second' }));
  await pass(1_000);
  expect(allowed.at(-1)).toEqual(all);
});

test('R100 without the server nobody is judged, and afterwards not by what came meanwhile', async () => {
  const { obedience, people, pass, page, allowed, clock } = await watching();
  obedience.see(people(forbidden));
  await pass(300);
  obedience.pause();
  await pass(5_000);
  expect([allowed.at(-1), clock.next]).toEqual([all, Infinity]);
  obedience.see(people(forbidden));
  page.speaks = false;
  await pass(5_000);
  expect(allowed.at(-1)).toEqual(all);
});

test('R100 a link without statistics ends no watch, and the end of the meeting does', async () => {
  const { obedience, people, pass, page, allowed, clock } = await watching();
  obedience.see(people(forbidden));
  page.fails = true;
  await pass(2_000);
  page.fails = false;
  await pass(2_000);
  expect(allowed.at(-1)).toEqual(withoutBo);
  obedience.pause();
  expect(clock.next).toBe(Infinity);
});

test('R100 R101 a new word hurries a watch that has become rare', async () => {
  const { obedience, people, pass, page, allowed } = await watching();
  page.speaks = false;
  obedience.see(people({ stopped: ['screen'] }));
  await pass(30_100);
  page.speaks = true;
  obedience.see(people({ stopped: ['screen', 'microphone'] }));
  await pass(900);
  expect(allowed.at(-1)).toEqual(withoutBo);
});

test('R100 what watches is fetched before any word, where there is somebody to watch', async () => {
  const { obedience, people, allowed, clock } = meeting();
  obedience.see(people());
  expect(allowed).toEqual([all]);
  clock.advance(2_000);
  await vi.dynamicImportSettled();
  obedience.see(people(forbidden));
  expect(clock.next).toBeLessThan(clock.now() + 1_000);
});

test('R100 grace begins with the word, however late comes what watches', async () => {
  const { obedience, people, pass, allowed, clock } = meeting();
  obedience.see(people());
  clock.advance(1_900);
  obedience.see(people(forbidden));
  clock.advance(400);
  obedience.see(people(forbidden));
  await vi.dynamicImportSettled();
  await pass(500);
  expect(allowed.at(-1)).toEqual(withoutBo);
});

test('R100 R101 a second word, another page load, and whoever was away have all their grace even so', async () => {
  const ways: Partial<KnownParticipant>[][] = [
    [{ stopped: ['screen'] }, { stopped: ['screen', 'microphone'] }],
    [forbidden, { ...forbidden, incarnation: 'second' }],
    [{ ...forbidden, presence: 'reconnecting' }, forbidden],
  ];
  for (const words of ways) {
    const { obedience, people, pass, page, allowed, clock } = meeting();
    obedience.see(people());
    for (const word of words) {
      clock.advance(1_000);
      obedience.see(people(word));
    }
    await vi.dynamicImportSettled();
    await pass(350);
    page.speaks = false;
    await pass(5_000);
    expect(allowed.at(-1)).toEqual(all);
  }
});

test('R100 no word of before an interruption counts until it is heard again', async () => {
  const { obedience, people, pass, allowed, clock } = meeting();
  obedience.see(people(forbidden));
  obedience.pause();
  clock.advance(2_000);
  await vi.dynamicImportSettled();
  await pass(5_000);
  expect([allowed.at(-1), clock.next]).toEqual([all, Infinity]);
  obedience.see(people(forbidden));
  await pass(1_000);
  expect(allowed.at(-1)).toEqual(withoutBo);
});
