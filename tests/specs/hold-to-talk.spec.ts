import { expect, test } from '../fixtures/test.ts';

test('holding Space talks, in Firefox too, until it is let go; another key can be chosen', async ({
  join,
}) => {
  const alice = await join('Alice', { browser: 'firefox' });
  const bob = await join('Bob');
  const { page } = alice;
  await bob.hears(alice);
  // The button keeps the focus from this click, and still does not take the key.
  await alice.mutes();
  await bob.hearsNothingFrom(alice);
  await page.keyboard.down('Space');
  await expect(alice.control('Mute microphone')).toBeVisible();
  await bob.doesNotRead('Muted', { on: alice });
  await bob.hears(alice);
  await page.keyboard.up('Space');
  await bob.reads('Muted', { on: alice });
  await bob.hearsNothingFrom(alice);

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByRole('button', { name: 'Change key' }).press('Enter');
  await page.keyboard.press('m');
  await expect(help.getByText('That key already does something here')).toBeVisible();
  await page.keyboard.press('t');
  await expect(help.getByText('T', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await expect(alice.control('Unmute microphone')).toBeFocused();

  await page.keyboard.down('t');
  await bob.hears(alice);
  await page.keyboard.up('t');
  await bob.hearsNothingFrom(alice);
  await page.keyboard.press('c');
  const message = page.getByRole('textbox', { name: 'Message', exact: true });
  await expect(message).toBeFocused();
  await page.keyboard.type('to talk');
  await expect(message).toHaveValue('to talk');
  await expect(alice.control('Unmute microphone')).toBeVisible();
});
