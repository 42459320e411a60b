import { expect, test } from '../fixtures/test.ts';

test('somebody without camera and microphone joins, sees and hears the others, and is shown as what they are', async ({
  join,
  arrive,
  meeting,
}) => {
  const alice = await join('Alice');
  const bob = await arrive('Bob', { devices: 'none' });
  await bob.page.goto(meeting);
  await expect(bob.page.getByText('No camera was found')).toBeVisible();
  await expect(bob.page.getByText('No microphone was found')).toBeVisible();
  await bob.entersFromGreenRoom();
  await bob.seesAndHears(alice);
  await alice.reads('Camera off', { on: bob });
  await alice.reads('Muted', { on: bob });
});

test('somebody who refuses camera and microphone is told how to allow them, and joins all the same', async ({
  join,
  arrive,
  meeting,
}) => {
  const alice = await join('Alice');
  const bob = await arrive('Bob', { devices: 'refused' });
  await bob.page.goto(meeting);
  await expect(bob.page.getByText('Your camera is not allowed here')).toBeVisible();
  await expect(bob.page.getByText('Your microphone is not allowed here')).toBeVisible();
  await bob.entersFromGreenRoom();
  await bob.seesAndHears(alice);
  await alice.reads('Camera off', { on: bob });
});
