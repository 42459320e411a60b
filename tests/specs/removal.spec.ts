import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';

test('R61 R62 R63 somebody removed is neither seen nor heard, whatever their page does, and comes back when a host allows it', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const link = await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  const [bob, carol] = [await arrive('Bob'), await arrive('Carol')];
  await bob.page.addInitScript(closeNothing);
  await bob.joins(link);
  await carol.joins(link);
  await alice.seesAndHears(bob, carol);
  await carol.seesAndHears(bob);

  await alice.control('People').click();
  await carol.control('People').click();
  await expect(carol.page.getByRole('list', { name: 'People' })).toBeVisible();
  await expect(carol.page.getByRole('button', { name: 'Actions for Bob' })).toHaveCount(0);
  await alice.page.getByRole('button', { name: 'Actions for Bob' }).click();
  await alice.page.getByRole('menuitem', { name: 'Remove from meeting' }).click();

  await expect(bob.page.getByText('You are not let into this meeting')).toBeVisible();
  for (const one of [alice, carol]) {
    await one.losesSightOf(bob);
    // Bob's page still has its end of each link open, and sends.
    await until(async () => {
      const connected = await one.page.evaluate(() => window.observer.connected());
      return connected === 1 ? '' : `${one.name} has ${connected} connections instead of one`;
    });
  }
  await carol.isTold('Bob was removed.');
  await alice.seesAndHears(carol);

  await bob.page.reload();
  await bob.page.getByRole('button', { name: 'Join now' }).click();
  await expect(bob.page.getByText('Waiting to be let in')).toBeVisible();
  await alice.isTold('Bob asks to join.');
  const queue = alice.page.getByRole('region', { name: 'Waiting room' });
  await expect(queue).toContainText('From the same network as somebody who was removed');
  await queue.getByRole('button', { name: 'Deny Bob' }).click();
  await expect(bob.page.getByText('You were not let in')).toBeVisible();
  await alice.seesOnly(carol);

  await alice.page.reload();
  await alice.control('People').click();
  await alice.page.getByRole('button', { name: 'Allow Bob back' }).click();
  await expect(alice.page.getByRole('button', { name: 'Allow Bob back' })).toHaveCount(0);
  await bob.page.getByRole('button', { name: 'Ask again' }).click();
  await bob.entersFromGreenRoom();
  await alice.seesAndHears(bob, carol);

  await alice.page.getByRole('button', { name: 'Actions for Bob' }).click();
  await alice.page.getByRole('menuitem', { name: 'Remove from meeting' }).press('Enter');
  await alice.losesSightOf(bob);
  await alice.page.getByRole('button', { name: 'Undo' }).click();
  await expect(alice.page.getByRole('alert').filter({ hasText: 'was removed' })).toHaveCount(0);
  await bob.page.getByRole('button', { name: 'Try again' }).click();
  await bob.isInMeeting();
  await carol.seesAndHears(bob);
});

/** Runs in the page before its own scripts: what a page that does not obey would do, going on sending to everybody. */
function closeNothing(): void {
  RTCPeerConnection.prototype.close = () => undefined;
  MediaStreamTrack.prototype.stop = () => undefined;
}
