import { makeMeeting, partsOf } from '../fixtures/make-meeting.ts';
import { passed, until } from '../fixtures/until.ts';
import { CUT_OFF, SMALL, allSeeAndHear, expect, loseAddresses, test } from '../faults/recovery.ts';
import { EvilRelay, type Mischief, type Passing } from '../relay/evil-relay.ts';
import { open } from '../sealing/envelope.ts';

test.use({ diverted: true });

test('R34 a pair whose path is cut for ten seconds comes back on the same connection, and the others notice nothing', async ({
  meet,
  meeting,
  paths,
  witness,
}) => {
  const [alice, bob, carol] = await meet(meeting, { Alice: SMALL, Bob: SMALL, Carol: SMALL });
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
  expect(withCarol[0]?.milliseconds).toBeLessThan(CUT_OFF);
  for (const person of [alice, bob]) {
    expect(witness.connectionsOf(person)).toEqual({ made: 2, open: 2 });
  }
});

test('R34 a path with loss and delay is no broken one; a pair whose addresses lead nowhere any more finds each other again on the same connection', async ({
  meet,
  meeting,
  paths,
  witness,
}) => {
  const people = await meet(meeting, { Alice: SMALL, Bob: SMALL });
  const [alice, bob] = people;
  if (!alice || !bob) throw new Error('Two people were to meet.');
  const path = paths.between(alice, bob);
  path.drop(0.02);
  path.delay(80);
  const from = Date.now();
  await passed(6_000);
  await allSeeAndHear(people);
  await witness.gather();
  expect(path.lost).toBeGreaterThan(0);
  expect(witness.gaps({ from, to: Date.now() })[0]?.milliseconds).toBeLessThan(CUT_OFF);
  path.heal();
  await loseAddresses(path);
  await allSeeAndHear(people);
  await alice.doesNotRead('Reconnecting', { on: bob });
  await witness.gather();
  expect(witness.connectionsOf(alice)).toEqual({ made: 1, open: 1 });
  expect(witness.connectionsOf(bob)).toEqual({ made: 1, open: 1 });
});

test('R24 R34 a first offer that has to be told again leads to a link, and a pair comes back although signals are lost, late and doubled', async ({
  arrive,
  interfered,
  paths,
}) => {
  test.setTimeout(180_000);
  let mischief: Mischief = (signal, deliver) => deliver(signal);
  const relay = new EvilRelay((signal, deliver) => mischief(signal, deliver));
  const proxy = await interfered(relay.interfere);
  const link = await makeMeeting(proxy.url);
  const withheld: (() => void)[] = [];
  const offers = new Set<number>();
  mischief = (signal, deliver) => {
    const offered = offerIn(signal, link);
    if (offered === null && offers.size > 0) {
      withheld.push(() => deliver(signal));
    } else {
      if (offered !== null) offers.add(offered);
      deliver(signal);
    }
  };
  const alice = await arrive('Alice', SMALL);
  await alice.joins(link);
  const bob = await arrive('Bob', SMALL);
  await bob.joins(link);
  await until(() => (offers.size > 1 ? '' : `Bob has offered ${offers.size} times`));
  mischief = (signal, deliver) => deliver(signal);
  for (const release of withheld) release();
  await allSeeAndHear([alice, bob]);
  for (const { page } of [alice, bob]) await expect(page.getByRole('alert')).toHaveCount(0);

  let turn = 0;
  mischief = (signal, deliver) => {
    turn += 1;
    if (turn % 3 === 0) return;
    if (turn % 3 === 1) deliver(signal);
    setTimeout(() => deliver(signal), (turn % 4) * 150);
  };
  for (let time = 0; time < 2; time++) {
    await loseAddresses(paths.between(alice, bob));
    await allSeeAndHear([alice, bob]);
  }
  expect(turn).toBeGreaterThan(3);
});

/** The number of an offer among its sender's signals; null for any other signal. */
function offerIn({ from, to, sealed }: Passing, link: string): number | null {
  const { text } = open({ ...partsOf(link), from, to }, sealed);
  const { seq, body } = JSON.parse(text) as { seq: number; body?: { type: string } };
  return body?.type === 'offer' ? seq : null;
}
