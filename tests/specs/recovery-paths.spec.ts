import { makeMeeting } from '../fixtures/make-meeting.ts';
import { passed } from '../fixtures/until.ts';
import { allSeeAndHear, expect, loseAddresses, test } from '../faults/recovery.ts';
import { EvilRelay } from '../relay/evil-relay.ts';

test.use({ diverted: true });

/** Far above what an undisturbed pair shows, far below any recovery. */
const HARDLY_ANY = 1_500;

test('R34 a pair whose path is cut for ten seconds comes back on the same connection, and the others notice nothing', async ({
  meet,
  meeting,
  paths,
  witness,
}) => {
  const [alice, bob, carol] = await meet(meeting, { Alice: {}, Bob: {}, Carol: {} });
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  const path = paths.between(alice, bob);
  const from = Date.now();
  path.cut();
  const { passed: before } = path;
  await alice.reads('Reconnecting', { on: bob });
  await bob.reads('Reconnecting', { on: alice });
  await passed(from + 10_000 - Date.now());
  expect(path.passed, 'a cut path lets nothing pass').toBe(before);
  path.heal();
  await allSeeAndHear([alice, bob, carol]);
  await alice.doesNotRead('Reconnecting', { on: bob });
  await bob.doesNotRead('Reconnecting', { on: alice });
  await witness.gather();
  const span = { from, to: Date.now() };
  expect(witness.rosterFaults(span)).toEqual([]);
  const gaps = witness.gaps(span);
  const withCarol = gaps.filter(({ viewer, of }) => [viewer, of].includes('Carol'));
  expect(withCarol[0]?.milliseconds).toBeLessThan(HARDLY_ANY);
  for (const person of [alice, bob]) {
    expect(witness.connectionsOf(person)).toEqual({ made: 2, open: 2 });
  }
});

test('R34 a pair whose addresses lead nowhere any more finds each other again on the same connection', async ({
  meet,
  meeting,
  paths,
  witness,
}) => {
  const people = await meet(meeting, { Alice: {}, Bob: {} });
  const [alice, bob] = people;
  if (!alice || !bob) throw new Error('Two people were to meet.');
  await loseAddresses(paths.between(alice, bob));
  await allSeeAndHear(people);
  await alice.doesNotRead('Reconnecting', { on: bob });
  await witness.gather();
  expect(witness.connectionsOf(alice)).toEqual({ made: 1, open: 1 });
  expect(witness.connectionsOf(bob)).toEqual({ made: 1, open: 1 });
});

test('R34 a pair comes back after a minute without a path', async ({ meet, meeting, paths }) => {
  test.setTimeout(240_000);
  const people = await meet(meeting, { Alice: {}, Bob: {} });
  const [alice, bob] = people;
  if (!alice || !bob) throw new Error('Two people were to meet.');
  paths.between(alice, bob).cut();
  await passed(60_000);
  await alice.seesOnly(bob);
  paths.between(alice, bob).heal();
  await allSeeAndHear(people);
});

test('R24 R34 a pair comes back although signals are lost, late and doubled', async ({
  interfered,
  meet,
  paths,
}) => {
  test.setTimeout(180_000);
  let turn = 0;
  let isMischievous = false;
  const relay = new EvilRelay((signal, deliver) => {
    if (!isMischievous) {
      deliver(signal);
      return;
    }
    turn += 1;
    if (turn % 3 === 0) return;
    if (turn % 3 === 1) deliver(signal);
    setTimeout(() => deliver(signal), (turn % 4) * 150);
  });
  const proxy = await interfered(relay.interfere);
  const people = await meet(await makeMeeting(proxy.url), { Alice: {}, Bob: {} });
  const [alice, bob] = people;
  if (!alice || !bob) throw new Error('Two people were to meet.');
  isMischievous = true;
  for (let time = 0; time < 3; time++) {
    await loseAddresses(paths.between(alice, bob));
    await allSeeAndHear(people);
  }
  expect(turn).toBeGreaterThan(3);
});

test('a path with loss and delay is no broken one', async ({ meet, meeting, paths, witness }) => {
  const people = await meet(meeting, { Alice: {}, Bob: {} });
  const [alice, bob] = people;
  if (!alice || !bob) throw new Error('Two people were to meet.');
  const path = paths.between(alice, bob);
  path.drop(0.02);
  path.delay(80);
  const from = Date.now();
  await passed(10_000);
  await allSeeAndHear(people);
  await witness.gather();
  expect(path.lost).toBeGreaterThan(0);
  expect(witness.gaps({ from, to: Date.now() })[0]?.milliseconds).toBeLessThan(HARDLY_ANY);
  expect(witness.connectionsOf(alice)).toEqual({ made: 1, open: 1 });
});
