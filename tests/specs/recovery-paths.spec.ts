import { expect, test } from '../faults/recovery.ts';
import { pictureBackAt } from '../faults/continuity.ts';
import { until } from '../fixtures/until.ts';

test.use({ diverted: true });

test('R34 a pair whose path is cut for ten seconds comes back on the same connection, and no other pair notices', async ({
  join,
  paths,
  witness,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  const carol = await join('Carol');
  await alice.seesAndHears(bob, carol);
  await bob.seesAndHears(alice, carol);
  await carol.seesAndHears(alice, bob);
  await witness.gather();
  const made = witness.connectionsOf(alice);
  const path = paths.between(alice, bob);
  const from = Date.now();
  path.cut();
  await alice.reads('Reconnecting', { on: bob });
  await bob.reads('Reconnecting', { on: alice });
  await until(() => {
    const left = from + 10_000 - Date.now();
    return left <= 0 ? '' : `The path has to stay cut for ${left} ms more`;
  });
  const healed = Date.now();
  path.heal();
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
  await alice.doesNotRead('Reconnecting', { on: bob });
  await witness.gather();
  const span = { from, to: Date.now() };
  expect(witness.rosterFaults(span)).toEqual([]);
  const back = pictureBackAt(witness.samplesOf(alice), 'Bob', healed);
  console.log(witness.gaps(span), witness.blindness(span), back && back - healed);
  expect(witness.connectionsOf(alice)).toEqual(made);
});
