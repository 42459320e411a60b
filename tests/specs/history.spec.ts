import type { Participant } from '../fixtures/participant.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';
import { holdPrompts } from '../page/held-prompts.ts';

test('Back leaves the meeting, and Forward comes to the green room, as muted and dark as before', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const link = await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  const bob = await arrive('Bob');
  await bob.joins(link);
  await alice.mutes();
  await alice.turnsOffCamera();
  await alice.page.goBack();
  await expect(alice.page.getByRole('heading', { name: 'Confab' })).toBeVisible();
  await bob.isTold('Alice left.');
  await alice.page.goForward();
  await expect(alice.joinButton).toBeVisible();
  await expect(alice.page.getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
  await expect(alice.page.getByRole('button', { name: 'Turn on camera' })).toBeVisible();
  await alice.entersFromGreenRoom();
  await bob.reads('Muted', { on: alice });
  await bob.reads('Camera off', { on: alice });
  expect(await alice.liveDevices('video')).toBe(0);
  expect(await alice.liveDevices('audio')).toBe(0);
});

test('who goes back before the question for the microphone is answered is not filmed afterwards', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  await alice.page.addInitScript(holdPrompts);
  await alice.makesMeeting(server.url);
  await isAskedForMicrophone(alice);
  await alice.page.goBack();
  await expect(alice.page.getByRole('heading', { name: 'Confab' })).toBeVisible();
  await allowsMicrophone(alice);
  await isNotTaken(alice);
});

test('who leaves before the question for the microphone is answered is not filmed afterwards', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  await alice.page.addInitScript(holdPrompts);
  await alice.joins(meeting);
  await isAskedForMicrophone(alice);
  await alice.leaves();
  await allowsMicrophone(alice);
  await isNotTaken(alice);
});

async function isAskedForMicrophone({ page, name }: Participant) {
  await until(async () => {
    const asked = await page.evaluate(() => window.prompts.asked);
    return asked.includes('audio') ? '' : `${name} is not asked for a microphone`;
  });
}

async function allowsMicrophone({ page }: Participant) {
  await page.evaluate(() => window.prompts.allow());
}

/** What was allowed too late is let go, and nothing else is asked for. */
async function isNotTaken(person: Participant) {
  expect(await person.liveDevices('audio')).toBe(0);
  expect(await person.page.evaluate(() => window.prompts.asked)).toEqual(['audio']);
}
