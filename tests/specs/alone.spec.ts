import { expect, test } from '../fixtures/test.ts';
import { partsOf } from '../fixtures/make-meeting.ts';

test('somebody makes a meeting, looks at themself in the green room, and is invited to share the link', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  await alice.page.goto(server.url);
  await expect(alice.page.getByRole('heading', { name: 'Confab' })).toBeVisible();
  const link = await alice.makesMeeting(server.url);
  expect(partsOf(link).secret).toMatch(/^[\w-]{43}$/);
  await alice.seesPreview();
  await expect(alice.page.getByRole('meter', { name: 'Microphone level' })).toBeVisible();
  for (const device of ['Microphone', 'Camera', 'Speaker']) {
    await expect(alice.page.getByRole('combobox', { name: device })).toBeVisible();
  }
  await alice.entersFromGreenRoom();
  await alice.seesOnly();
  await expect(alice.page.getByText('Nobody else is here yet')).toBeVisible();
  await expect(alice.page.getByRole('textbox', { name: 'Invitation link' })).toHaveValue(link);
});

test('camera and microphone chosen off in the green room stay off in the meeting', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  await alice.page.goto(meeting);
  await alice.page.getByRole('button', { name: 'Turn off camera' }).click();
  await alice.page.getByRole('button', { name: 'Mute microphone' }).click();
  await alice.hasCameraLight(false);
  await alice.entersFromGreenRoom();
  await alice.reads('Camera off', { on: alice });
  await alice.reads('Muted', { on: alice });
  await alice.hasCameraLight(false);
});

test('a link without its secret is explained, and completed by pasting the whole one', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  await alice.page.goto(meeting.replace(/#.*/, ''));
  await expect(alice.page.getByText('Part of the link is missing')).toBeVisible();
  await alice.page.getByRole('textbox', { name: 'Meeting link or code' }).fill(meeting);
  await alice.page.getByRole('button', { name: 'Join', exact: true }).click();
  await alice.entersFromGreenRoom();
});

test('an unknown meeting is said to be none, with a way on', async ({ arrive, meeting }) => {
  const alice = await arrive('Alice');
  await alice.page.goto(meeting.replace(/\/m\/.{22}/, '/m/AAAAAAAAAAAAAAAAAAAAAA'));
  await expect(alice.page.getByText('There is no such meeting')).toBeVisible();
  await alice.page.getByRole('button', { name: 'New meeting' }).click();
  await expect(alice.joinButton).toBeVisible();
});

test('R4 a wrong secret opens nothing', async ({ arrive, meeting }) => {
  const alice = await arrive('Alice');
  await alice.page.goto(meeting.replace(/#.*/, `#${'A'.repeat(43)}`));
  await alice.asksToEnter();
  await expect(alice.page.getByText('There is no such meeting')).toBeVisible();
});

test('a server that does not answer is said not to, and is found when it is back', async ({
  arrive,
  ownServer,
}) => {
  const server = await ownServer();
  const alice = await arrive('Alice');
  await alice.page.goto(server.url);
  await expect(alice.page.getByRole('button', { name: 'New meeting' })).toBeVisible();
  await server.kill();
  await alice.page.getByRole('button', { name: 'New meeting' }).click();
  await expect(alice.page.getByRole('alert')).toContainText('the server does not answer');
  await server.start();
  await alice.page.getByRole('button', { name: 'New meeting' }).click();
  await alice.entersFromGreenRoom();
});

test('no page asks anybody but its own server for anything', async ({ arrive, server }) => {
  const alice = await arrive('Alice');
  const elsewhere: string[] = [];
  alice.page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== server.url) {
      elsewhere.push(request.url());
    }
  });
  await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  await alice.leaves();
  expect(elsewhere).toEqual([]);
});
