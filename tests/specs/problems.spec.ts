import { expect, test } from '../fixtures/test.ts';

/** By when a server that is gone is told as gone; a promise to people, not a measurement. */
const TOLD_WITHIN = 8_000;

test('a page without HTTPS says what is wrong, for a new meeting and for a link', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  const insecure = new URL(meeting);
  insecure.hostname = 'insecure.test';
  await alice.page.goto(insecure.href);
  await expect(alice.page.getByText('This page is not secure')).toBeVisible();
  await expect(alice.joinButton).toHaveCount(0);
  await alice.page.goto(insecure.origin);
  await alice.page.getByRole('button', { name: 'New meeting' }).click();
  await expect(alice.page.getByRole('alert')).toContainText('only to pages opened over https');
});

test('R4 a meeting that ended while somebody was in the green room is said to have ended', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  await alice.page.route('**/admission', (route) =>
    route.fulfill({ status: 410, json: { error: 'meeting-ended', message: 'It has ended.' } }),
  );
  await alice.page.goto(meeting);
  await alice.seesPreview();
  await alice.asksToEnter();
  await expect(alice.page.getByText('This meeting has ended')).toBeVisible();
  await alice.hasCameraLight(false);
  await alice.page.getByRole('button', { name: 'New meeting' }).click();
  await expect(alice.joinButton).toBeVisible();
});

test('a server that dies while somebody is in the green room is said to be away soon, and joined when it is back', async ({
  arrive,
  ownServer,
}) => {
  const server = await ownServer();
  const alice = await arrive('Alice');
  const connecting = alice.page.waitForEvent('websocket');
  await alice.makesMeeting(server.url);
  const connection = await connecting;
  await connection.waitForEvent('framereceived');
  const lost = connection.waitForEvent('close');
  await server.kill();
  await lost;
  await alice.asksToEnter();
  await expect(alice.page.getByRole('alert')).toContainText('The server does not answer', {
    timeout: TOLD_WITHIN,
  });
  await server.start();
  await alice.joinButton.click();
  await alice.isInMeeting();
});
