import { test } from '../fixtures/test.ts';

test('Chromium and Firefox see and hear each other, Chromium first', async ({ join }) => {
  const alice = await join('Alice');
  const bob = await join('Bob', { browser: 'firefox' });
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
});

test('Chromium and Firefox see and hear each other, Firefox first', async ({ join }) => {
  const alice = await join('Alice', { browser: 'firefox' });
  const bob = await join('Bob');
  await alice.seesAndHears(bob);
  await bob.seesAndHears(alice);
  await alice.turnsOffCamera();
  await bob.reads('Camera off', { on: alice });
  await alice.turnsOnCamera();
  await bob.sees(alice);
});
