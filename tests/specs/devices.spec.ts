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

test('a camera and a microphone that are pulled out are missed aloud, and found when they are back', async ({
  join,
}) => {
  const alice = await join('Alice');
  await alice.hasCameraLight(true);
  for (const [kind, device, off] of [
    ['video', 'camera', 'Turn off camera'],
    ['audio', 'microphone', 'Mute microphone'],
  ] as const) {
    await expect(alice.control(off)).toBeVisible();
    await alice.unplugs(kind);
    const alert = alice.page
      .getByRole('alert')
      .filter({ hasText: `Your ${device} was disconnected` });
    await expect(alert).toBeVisible();
    await expect(alice.control(off)).toHaveCount(0);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toHaveCount(0);
    await expect(alice.control(off)).toBeFocused();
  }
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
