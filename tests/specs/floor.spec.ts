import type { Participant } from '../fixtures/participant.ts';
import { Screens } from '../fixtures/screens.ts';
import { expect, test } from '../fixtures/test.ts';

test('R66 R67 R68 R69 a host mutes, forbids to speak whatever a page does, stops a share, and ends the meeting', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const link = await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  const [bob, carol] = [await arrive('Bob'), await arrive('Carol')];
  await carol.page.addInitScript(muteNothing);
  await bob.joins(link);
  await carol.joins(link);
  await alice.seesAndHears(bob, carol);
  await bob.hears(carol);

  await alice.control('People').click();
  await doesTo(alice, 'Bob', 'Mute');
  await expect(bob.page.getByText('Alice muted you.')).toBeVisible();
  await carol.hearsNothingFrom(bob);
  await carol.reads('Muted', { on: bob });
  await bob.unmutes();
  await expect(bob.page.getByText('Alice muted you.')).toHaveCount(0);
  await carol.hears(bob);

  await doesTo(alice, 'Carol', 'Forbid to speak');
  for (const one of [alice, bob]) {
    await one.hearsNothingFrom(carol);
    await one.reads('Muted', { on: carol });
    await one.sees(carol);
  }
  await expect(carol.page.getByText('A host does not let you speak at present.')).toBeVisible();
  await carol.reloads();
  await carol.page.getByRole('button', { name: 'Ask to speak' }).click();
  await alice.isTold('Carol asks to speak.');
  await expect(bob.page.getByText('Carol asks to speak.')).toHaveCount(0);
  await bob.sees(carol);
  await bob.hearsNothingFrom(carol);
  await alice.page.getByRole('button', { name: 'Not now, Carol' }).click();
  await carol.page.getByRole('button', { name: 'Ask to speak' }).click();
  await alice.page.getByRole('button', { name: 'Allow Carol to speak' }).click();
  await carol.unmutes();
  await alice.hears(carol);
  await bob.hears(carol);

  const [alices, bobs] = [new Screens(alice), new Screens(bob)];
  await bobs.shares();
  await alices.sees(bob);
  await doesTo(alice, 'Bob', 'Stop screen share');
  await expect(bob.page.getByText('Alice ended your screen share.')).toBeVisible();
  await alices.seesNoneOf(bob);
  await bobs.shares();
  await alices.sees(bob);

  await alice.control('More').click();
  await alice.page.getByRole('button', { name: 'Meeting settings' }).click();
  const dialog = alice.page.getByRole('dialog', { name: 'Meeting settings' });
  await dialog.getByRole('button', { name: 'Mute everyone' }).click();
  await alice.hearsNothingFrom(bob);
  await expect(carol.control('Unmute microphone')).toBeVisible();
  await bob.hears(alice);
  await dialog.getByRole('button', { name: 'End for everyone' }).click();
  for (const { page } of [alice, bob, carol])
    await expect(page.getByText('This meeting has ended')).toBeVisible();
  await bob.page.goto(link);
  await expect(bob.page.getByText('This meeting has ended')).toBeVisible();
});

/** With the People panel open. */
async function doesTo(host: Participant, name: string, act: string): Promise<void> {
  await host.page.getByRole('button', { name: `Actions for ${name}` }).click();
  await host.page.getByRole('menuitem', { name: act, exact: true }).click();
}

/** Runs in the page before its own scripts: what a page that does not obey would do, going on sending all it hears. */
function muteNothing(): void {
  Object.defineProperty(MediaStreamTrack.prototype, 'enabled', {
    get: () => true,
    set: () => undefined,
  });
}
