import { expect, test } from '../fixtures/test.ts';

// A Firefox that is loaded anew, and one that goes, are in recovery-firefox.spec.ts.
for (const browser of ['chromium', 'firefox'] as const) {
  test(`two people in ${browser} see and hear each other; muting, a dark camera, leaving and rejoining are seen by the other`, async ({
    join,
  }) => {
    const alice = await join('Alice', { browser });
    const bob = await join('Bob', { browser });
    await alice.isTold('Bob joined.');
    await alice.seesOnly(bob);
    await bob.seesOnly(alice);
    await alice.seesAndHears(bob);
    await bob.seesAndHears(alice);

    await alice.mutes();
    await bob.reads('Muted', { on: alice });
    await bob.hearsNothingFrom(alice);
    await alice.unmutes();
    await bob.doesNotRead('Muted', { on: alice });
    await bob.hears(alice);

    await alice.turnsOffCamera();
    await bob.reads('Camera off', { on: alice });
    await alice.hasCameraLight(false);
    await bob.hears(alice);
    await alice.turnsOnCamera();
    await bob.doesNotRead('Camera off', { on: alice });
    await alice.hasCameraLight(true);
    await bob.sees(alice);

    await bob.leaves();
    await alice.isTold('Bob left.');
    await alice.losesSightOf(bob);
    await alice.hearsNothingFrom(bob);
    await bob.hasCameraLight(false);
    expect(await bob.liveDevices('audio')).toBe(0);
    await bob.rejoins();
    await alice.seesOnly(bob);
    await alice.seesAndHears(bob);
    await bob.seesAndHears(alice);
  });
}

test('R8 R9 a reload comes back to the same seat, and is never seen twice; a closed tab is gone from the grid', async ({
  join,
}) => {
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
  await bob.closesTab();
  await alice.losesSightOf(bob);
});
