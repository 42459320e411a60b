import { identities } from '../fixtures/identity.ts';
import { Onlooker } from '../fixtures/onlooker.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';
import { plugInSecondDevices } from '../page/second-devices.ts';
import { hearTestSound } from '../page/test-sound.ts';

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

test('who refused camera and microphone is told so again in the meeting, at every try, until it is read', async ({
  arrive,
  meeting,
}) => {
  const bob = await arrive('Bob', { devices: 'refused' });
  await bob.page.goto(meeting);
  const note = bob.page.getByRole('alert').filter({ hasText: 'Your camera is not allowed here' });
  const again = note.getByRole('button', { name: 'Try again' });
  await again.press('Enter');
  await expect(again).toBeEnabled();
  await expect(again).toBeFocused();
  await bob.entersFromGreenRoom();
  await expect(bob.page.getByRole('alert')).toHaveCount(0);
  for (const [control, sentence] of [
    ['Turn on camera', 'Your camera is not allowed here'],
    ['Unmute microphone', 'Your microphone is not allowed here'],
  ] as const) {
    const alert = bob.page.getByRole('alert').filter({ hasText: sentence });
    for (let tries = 0; tries < 2; tries++) {
      await bob.control(control).click();
      await expect(alert).toBeVisible();
      await alert.getByRole('button', { name: 'Dismiss' }).click();
      await expect(alert).toHaveCount(0);
      await expect(bob.control(control)).toBeFocused();
    }
  }
});

test('a camera that is pulled out is missed aloud, and found when it is back', async ({ join }) => {
  const alice = await join('Alice');
  await alice.hasCameraLight(true);
  await expect(alice.control('Turn off camera')).toBeVisible();
  await alice.unplugs('video');
  const alert = alice.page.getByRole('alert').filter({ hasText: 'Your camera was disconnected' });
  await expect(alert).toBeVisible();
  await expect(alice.control('Turn off camera')).toHaveCount(0);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(alert).toHaveCount(0);
  await expect(alice.control('Turn off camera')).toBeFocused();
});

test('a microphone that is pulled out is replaced by another, which Firefox hears without a signal', async ({
  join,
}) => {
  const alice = await join('Alice');
  const bob = await join('Bob', { browser: 'firefox' });
  await bob.hears(alice);
  await alice.sent.areOver();
  const before = alice.sent.count;
  await alice.unplugs('audio');
  const alert = alice.page
    .getByRole('alert')
    .filter({ hasText: 'Your microphone stopped working. In its place: ' });
  await expect(alert).toBeVisible();
  await bob.hears(alice);
  await alice.control('More').click();
  await alice.page.getByRole('switch', { name: 'Suppress noise', exact: true }).click();
  await expect(
    alice.page.getByRole('switch', { name: 'Suppress noise', exact: true }),
  ).not.toBeChecked();
  await alice.control('More').click();
  await bob.hears(alice);
  expect(alice.sent.count).toBe(before);
  await alice.mutes();
  await bob.hearsNothingFrom(alice);
});

test('R32 other devices are taken in the meeting without a signal, seen and heard by the other, taken anew when they stall or give up, and kept', async ({
  arrive,
  join,
  meeting,
}) => {
  const alice = await arrive('Alice', { whole: true });
  const second = identities[3];
  if (!second) throw new Error('Nobody has a fourth colour.');
  await alice.page.context().grantPermissions(['camera', 'microphone']);
  await alice.page.addInitScript(plugInSecondDevices, { ...second.colour, pitch: second.pitch });
  await alice.page.addInitScript(hearTestSound);
  await alice.joins(meeting);
  const bob = await join('Bob');
  await bob.seesAndHears(alice);
  await alice.sees(bob);
  await alice.sent.areOver();
  await bob.sent.areOver();
  const before = [alice.sent.count, bob.sent.count];

  await alice.control('More').click();
  const chosen = (kind: string) => alice.page.getByRole('combobox', { name: kind });
  await chosen('Camera').selectOption('Second camera');
  await chosen('Microphone').selectOption('Second microphone');
  const changed = new Onlooker('Alice', second, alice.page);
  await bob.seesAndHears(changed);
  const speakers = chosen('Speaker').locator('option');
  const speaker = (await speakers.last().textContent())?.trim() ?? '';
  await chosen('Speaker').selectOption(speaker);
  await until(async () => {
    const [sink, wanted] = await Promise.all([
      alice
        .tile(bob)
        .locator('audio')
        .evaluate((audio: HTMLAudioElement) => audio.sinkId),
      chosen('Speaker').inputValue(),
    ]);
    return sink === wanted && sink !== '' ? '' : `Bob is heard at ${sink} instead of ${wanted}`;
  });
  await alice.hears(bob);
  const playing = alice.page.getByRole('button', { name: 'Play test sound' });
  await playing.click();
  await expect(playing).toHaveClass(/playing/);
  await expect(playing).not.toHaveClass(/playing/);
  const sound = await alice.page.evaluate(() => window.testSound);
  expect(sound?.sink).toBe(await chosen('Speaker').inputValue());
  expect(sound?.loudest).toBeGreaterThan(0.05);

  const stalled = await alice.cameraTrack();
  await alice.page.evaluate(() => window.secondDevices.stallCamera());
  await until(async () =>
    (await alice.cameraTrack()) === stalled ? 'nobody takes the stalled camera anew' : '',
  );
  await alice.page.evaluate(() => window.observer.giveUp('audio'));
  await bob.seesAndHears(changed);
  await expect(alice.page.getByRole('alert')).toHaveCount(0);
  expect([alice.sent.count, bob.sent.count]).toEqual(before);

  await alice.reloads();
  await bob.seesAndHears(changed);
  await alice.control('More').click();
  for (const [kind, label] of [
    ['Camera', 'Second camera'],
    ['Microphone', 'Second microphone'],
    ['Speaker', speaker],
  ] as const)
    await expect(chosen(kind).locator('option:checked')).toHaveText(label);
});

test('a headset that is plugged in is offered, and used for what it is', async ({ join }) => {
  const alice = await join('Alice');
  const { page } = alice;
  await expect(alice.control('Mute microphone')).toBeVisible();
  await page.evaluate(async () => {
    const { mediaDevices } = navigator;
    const there = await mediaDevices.enumerateDevices();
    const real = there.findLast(({ kind }) => kind === 'audioinput');
    const headset = { kind: 'audioinput', deviceId: 'new', groupId: 'new', label: 'Headset' };
    mediaDevices.enumerateDevices = () => Promise.resolve([...there, headset as MediaDeviceInfo]);
    const capture = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = (asked) => {
      if (!JSON.stringify(asked?.audio).includes('"exact":"new"')) return capture(asked);
      document.documentElement.dataset.headset = 'taken';
      return capture({ audio: { deviceId: { exact: real?.deviceId ?? '' } } });
    };
    mediaDevices.dispatchEvent(new Event('devicechange'));
  });
  const alert = page.getByRole('alert').filter({ hasText: 'Headset was connected.' });
  await alert.getByRole('button', { name: 'Use it' }).click();
  await expect(alert).toHaveCount(0);
  await expect(alice.control('Mute microphone')).toBeFocused();
  await expect(page.locator('html')).toHaveAttribute('data-headset', 'taken');
  await expect.poll(() => alice.liveDevices('audio')).toBe(1);
});

test('a camera that another program holds is told as that, and taken when it is free', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  await alice.page.addInitScript(() => {
    const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = (constraints) => {
      if (constraints?.audio) return capture(constraints);
      navigator.mediaDevices.getUserMedia = capture;
      return Promise.reject(new DOMException('Device in use', 'NotReadableError'));
    };
  });
  await alice.page.goto(meeting);
  await expect(alice.page.getByRole('alert')).toContainText(
    'Your camera is used by another program',
  );
  await alice.page.getByRole('button', { name: 'Try again' }).click();
  await alice.seesPreview();
  await expect(alice.page.getByRole('alert')).toHaveCount(0);
});

test('whoever tries a camera again with the keyboard is at its button when it works', async ({
  arrive,
  meeting,
}) => {
  const alice = await arrive('Alice');
  await alice.page.goto(meeting);
  await alice.hasCameraLight(true);
  await alice.unplugs('video');
  await alice.page.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(alice.page.getByRole('button', { name: 'Turn off camera' })).toBeFocused();
});
