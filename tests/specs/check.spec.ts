import { CheckPage } from '../fixtures/check-page.ts';
import { expect, test } from '../fixtures/test.ts';

test('from the green room, everything is checked in a tab of its own, and reported without names and addresses', async ({
  arrive,
  meeting,
  engine,
}) => {
  const alice = await arrive('Alice', { whole: true });
  await alice.page.goto(meeting);
  await alice.seesPreview();
  const opened = alice.page.waitForEvent('popup');
  await alice.page.getByRole('link', { name: 'Check your connection' }).click();
  const page = await opened;
  const check = new CheckPage(page);
  await check.runs();
  await check.finds('Camera', 'Works', 'Your camera gives a picture');
  // Without a sound card, Firefox neither measures nor plays any sound.
  if (engine === 'chromium') {
    await check.finds('Microphone', 'Works', 'You are heard');
    await check.hearsTestSound();
    await check.concludes('Everything works');
  }
  await check.finds('Server', 'Works', /Answers in \d+ ms/);
  await check.finds('Staying in touch with the server', 'Works', 'WebSocket works');
  await check.finds('Direct connection over UDP', 'Not measured', 'neither STUN nor TURN');
  for (const way of ['UDP', 'TCP', 'TLS'])
    await check.finds(`Relay (TURN) over ${way}`, 'Not measured', 'This server has no relay');

  const camera = await page.getByRole('combobox', { name: 'Camera' }).textContent();
  const label = camera?.trim() ?? '';
  expect(label).not.toBe('');
  const brief = await check.report.inputValue();
  expect(brief).not.toContain(label);
  expect(brief).not.toMatch(/\d+\.\d+\.\d+\.\d+ \d+|[\w-]+\.local/);
  expect(brief).not.toContain(new URL(meeting).hash.slice(1));
  await page.getByRole('checkbox').check();
  const full = await check.report.inputValue();
  expect(full).toMatch(/^ {2}host \S+ \d+$/m);
  // Firefox's camera is drawn by the test, and has no name.
  if (engine === 'chromium') expect(full).toContain(label);
  await page.getByRole('button', { name: 'Copy report' }).click();
  await expect(page.getByRole('button', { name: 'Report copied' })).toBeVisible();

  await page.close();
  await alice.entersFromGreenRoom();
});
