import { expect, test } from '../fixtures/test.ts';

test('R32 muting and turning the camera off and on sends no signal', async ({ join }) => {
  const alice = await join('Alice');
  const bob = await join('Bob');
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
  await alice.sent.areOver();
  await bob.sent.areOver();
  const before = alice.sent.count + bob.sent.count;
  await alice.mutes();
  await bob.hearsNothingFrom(alice);
  await alice.unmutes();
  await alice.turnsOffCamera();
  await bob.reads('Camera off', { on: alice });
  await alice.turnsOnCamera();
  await bob.seesAndHears(alice);
  expect(alice.sent.count + bob.sent.count).toBe(before);
});
