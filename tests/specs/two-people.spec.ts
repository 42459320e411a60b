import { expect, test } from '../fixtures/test.ts';

test('two people see and hear each other', async ({ join }) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await alice.seesOnly(bob);
  await bob.seesOnly(alice);
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
});

test('who joins and who leaves is announced', async ({ join }) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await alice.isTold('Bob joined.');
  await bob.leaves();
  await alice.isTold('Bob left.');
});

test('muting is seen and heard by the other, and undone', async ({ join }) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await bob.hears(alice);
  await alice.mutes();
  await bob.reads('Muted', { on: alice });
  await bob.hearsNothingFrom(alice);
  await alice.unmutes();
  await bob.doesNotRead('Muted', { on: alice });
  await bob.hears(alice);
});

test('a camera turned off is dark for the other and for its own light, and comes back', async ({
  join,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await bob.sees(alice);
  await alice.turnsOffCamera();
  await bob.reads('Camera off', { on: alice });
  await alice.hasCameraLight(false);
  await bob.hears(alice);
  await alice.turnsOnCamera();
  await bob.doesNotRead('Camera off', { on: alice });
  await alice.hasCameraLight(true);
  await bob.sees(alice);
});

test('somebody who leaves is gone, sends nothing more, and can rejoin', async ({ join }) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await alice.seesAndHears(bob);
  await bob.leaves();
  await alice.losesSightOf(bob);
  await alice.hearsNothingFrom(bob);
  await bob.hasCameraLight(false);
  expect(await bob.liveDevices('audio')).toBe(0);
  await bob.rejoins();
  await alice.seesOnly(bob);
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
});

test('R9 a closed tab is gone from the grid within ten seconds', async ({ join }) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await alice.sees(bob);
  await bob.closesTab();
  await alice.losesSightOf(bob);
});

test('R8 R9 a reload comes back to the same seat, and is never seen twice', async ({ join }) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  const carol = await join('Carol');
  await alice.seesAndHears(bob);
  await bob.page.reload();
  await bob.isInMeeting();
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
  await alice.seesOnly(bob, carol);
  expect(await alice.page.evaluate(() => window.observer.mostArticles())).toBe(3);
  // In order of arrival, oneself last: a new seat would have come after Carol.
  expect(await alice.namesInOrder()).toEqual(['Bob', 'Carol', 'You']);
});
