import { KeptRecordings } from '../fixtures/kept-recordings.ts';
import { RecordedFile } from '../fixtures/recorded-file.ts';
import { MeetingRecorder } from '../fixtures/recorder.ts';
import { expect, test } from '../fixtures/test.ts';

test('R92 R93 R94 a recording, also by Firefox, has who agreed to it and nobody else, opens elsewhere with the right length, and outlives a tab that is killed', async ({
  join,
  server,
}, info) => {
  test.setTimeout(240_000);
  const alice = await join('Alice');
  const bob = await join('Bob');
  const carol = await join('Carol', { browser: 'firefox' });
  const people = [alice, bob, carol];
  await alice.seesAndHears(bob, carol);
  const [as, bs, cs] = [alice, bob, carol].map((one) => new MeetingRecorder(one));
  if (!as || !bs || !cs) throw new Error('Three people were to meet.');

  await as.begins();
  await bs.stays(alice);
  await carol.isTold('Alice is recording.');
  await expect(cs.questionOf(alice)).toContainText('until you answer, they are left out');
  await carol.reads('Recording', { on: alice });
  await expect(alice.page.getByText('Carol has not agreed yet')).toBeVisible();
  await as.hasRecorded(5);
  const length = await as.stops();
  await carol.isTold('The recording has ended.');
  await carol.doesNotRead('Recording', { on: alice });
  const first = info.outputPath('first.webm');
  await new KeptRecordings(alice.page).saves(0, first);
  const whole = new RecordedFile(first);
  const { seconds, codecs, pictures } = whole.probe();
  expect(codecs).toEqual(['opus', 'vp8']);
  expect(seconds).toBeGreaterThan(length - 1);
  expect(pictures).toBeGreaterThan(length);
  expect(whole.colours()).toEqual(['green', 'red']);
  expect(whole.heard(people)).toEqual(['Alice', 'Bob']);

  await cs.begins();
  await as.stays(carol);
  // Without a sound card Firefox runs no AudioContext.
  const isSilent = await cs.isSilent();
  const others = await cs.stops();
  const third = info.outputPath('firefox.webm');
  await new KeptRecordings(carol.page).saves(0, third);
  const byFirefox = new RecordedFile(third);
  expect(byFirefox.probe().codecs).toEqual(['opus', 'vp8']);
  expect(byFirefox.probe().seconds).toBeGreaterThan(others - 1);
  expect(byFirefox.lengths().picture).toBeGreaterThan(others - 1);
  expect(byFirefox.lengths().sound).toBeGreaterThan(others - 1);
  expect(byFirefox.colours()).toEqual(['blue', 'red']);
  expect(byFirefox.heard(people)).toEqual(isSilent ? [] : ['Alice', 'Carol']);

  // Another recording is another question.
  await as.begins();
  await cs.stays(alice);
  await bs.questionOf(alice).getByRole('button', { name: 'Leave' }).click();
  await expect(bob.rejoinButton).toBeVisible();
  await bob.page.reload();
  await expect(bob.page.getByText('This meeting is being recorded.')).toBeVisible();
  await as.hasRecorded(8);
  await alice.closesTab();
  const later = await alice.page.context().newPage();
  await later.goto(server.url);
  const kept = new KeptRecordings(later);
  await expect(kept.items).toHaveCount(2);
  await expect(kept.items.nth(0)).toContainText('its page was closed while it was made');
  const second = info.outputPath('second.webm');
  await kept.saves(0, second);
  const rescued = new RecordedFile(second);
  expect(rescued.probe().seconds).toBeGreaterThan(5);
  expect(rescued.colours()).toEqual(['blue', 'red']);
  expect(rescued.heard(people)).toEqual(['Alice', 'Carol']);
  for (const left of [1, 0]) {
    await kept.deletes(0);
    await expect(kept.items).toHaveCount(left);
  }
});
