import { test } from '../fixtures/test.ts';

test('all six pictures and sounds reach whom they are for; one leaves by the button, one by closing the tab', async ({
  join,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  const carol = await join('Carol');
  await alice.seesOnly(bob, carol);
  await alice.seesAndHears(bob, carol);
  await bob.seesAndHears(alice, carol);
  await carol.seesAndHears(alice, bob);

  await bob.leaves();
  await alice.losesSightOf(bob);
  await carol.losesSightOf(bob);
  await alice.seesAndHears(carol);

  await carol.closesTab();
  await alice.losesSightOf(carol);
  await alice.seesOnly();
});
