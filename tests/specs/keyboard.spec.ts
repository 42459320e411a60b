import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/test.ts';

test('somebody joins with the keyboard alone', async ({ arrive, meeting }) => {
  const alice = await arrive('Alice');
  await alice.page.goto(meeting);
  await alice.reachesWithTab(alice.page.getByRole('textbox', { name: 'Your name' }));
  await alice.page.keyboard.type('Alice');
  await alice.page.keyboard.press('Enter');
  await alice.isInMeeting();
  await alice.reachesWithTab(alice.control('Mute microphone'));
  await alice.page.keyboard.press('Enter');
  await expect(alice.control('Unmute microphone')).toBeVisible();
});

test('shortcuts work in the green room and in the meeting, never while typing nor once they are switched off; the camera’s button keeps the focus', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Mavis Verne');
  await alice.page.goto(meeting);
  await alice.seesPreview();
  await switchesCameraTwice(alice.page);
  await turnsBothOff(alice.page);
  await alice.page.getByRole('textbox', { name: 'Your name' }).pressSequentially('Mavis Verne');
  await alice.joinButton.focus();
  await turnsBothOn(alice.page);

  await alice.joinButton.click();
  await alice.isInMeeting();
  await switchesCameraTwice(alice.page);
  await turnsBothOff(alice.page);
  await alice.control('People').click();
  await alice.page.getByRole('textbox', { name: 'Invitation link' }).press('m');
  await alice.page.keyboard.press('v');
  await alice.page.keyboard.press('p');
  await expect(alice.page.getByRole('list', { name: 'People' })).toBeVisible();
  await alice.page.keyboard.press('Escape');
  await turnsBothOn(alice.page);

  await alice.page.keyboard.press('?');
  const help = alice.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByRole('switch', { name: 'Single keys' }).press('Enter');
  await expect(help.getByText('Camera on or off')).toHaveCount(0);
  await alice.page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  for (const key of ['v', 'm', '?']) await alice.page.keyboard.press(key);
  await alice.control('More').press('Enter');
  await expect(alice.control('Mute microphone')).toBeVisible();
  await expect(alice.control('Turn off camera')).toBeVisible();
  await expect(help).toHaveCount(0);
  await alice.page.getByRole('button', { name: 'Keyboard shortcuts' }).press('Enter');
  await help.getByRole('switch', { name: 'Single keys' }).press('Enter');
  await alice.page.keyboard.press('Escape');
  await turnsBothOff(alice.page);
});

test('a meeting that could not be made leaves the focus where the next try is', async ({
  arrive,
  ownServer,
}) => {
  const server = await ownServer();
  const alice = await arrive('Alice');
  await alice.page.goto(server.url);
  const button = alice.page.getByRole('button', { name: 'New meeting' });
  await expect(button).toBeVisible();
  await server.kill();
  await button.focus();
  await alice.page.keyboard.press('Enter');
  await expect(alice.page.getByRole('alert')).toContainText('the server does not answer');
  await expect(button).toBeFocused();
});

test('panels give the focus back to their buttons, however they are opened and closed', async ({
  join,
}) => {
  const alice = await join('Alice');
  const { page } = alice;
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.keyboard.press('p');
  await expect(page.getByRole('heading', { name: 'People' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(alice.control('People')).toBeFocused();

  const close = page.getByRole('button', { name: 'Close' });
  const closing = [() => page.keyboard.press('Escape'), () => close.press('Enter')];
  const ways = {
    People: [...closing, () => page.keyboard.press('p')],
    More: closing,
  };
  for (const panel of ['People', 'More'] as const)
    for (const way of ways[panel]) {
      await alice.control(panel).press('Enter');
      await expect(page.getByRole('complementary')).toBeVisible();
      await way();
      await expect(page.getByRole('complementary')).toHaveCount(0);
      await expect(alice.control(panel)).toBeFocused();
    }
});

test('hand and reactions need no mouse', async ({ join }) => {
  const alice = await join('Alice');
  const { page } = alice;
  await page.keyboard.press('h');
  await expect(alice.control('Lower hand')).toBeVisible();
  await page.keyboard.press('h');
  await expect(alice.control('Raise hand')).toBeVisible();
  await alice.reachesWithTab(alice.control('React'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'React with 👍' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: 'React with 👎' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(alice.tile(alice).getByText('👎')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(alice.control('React')).toBeFocused();
});

async function turnsBothOff(page: Page) {
  await page.keyboard.press('m');
  await expect(page.getByRole('button', { name: 'Unmute microphone' })).toBeVisible();
  await page.keyboard.press('v');
  await expect(page.getByRole('button', { name: 'Turn on camera' })).toBeVisible();
}

async function turnsBothOn(page: Page) {
  await page.keyboard.press('m');
  await expect(page.getByRole('button', { name: 'Mute microphone' })).toBeVisible();
  await page.keyboard.press('v');
  await expect(page.getByRole('button', { name: 'Turn off camera' })).toBeVisible();
}

async function switchesCameraTwice(page: Page) {
  await page.getByRole('button', { name: 'Turn off camera' }).press('Enter');
  await page.getByRole('button', { name: 'Turn on camera' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Turn off camera' })).toBeFocused();
}
