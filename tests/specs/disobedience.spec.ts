import type { Participant } from '../fixtures/participant.ts';
import { Screens } from '../fixtures/screens.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';
import { disobey } from '../page/disobey.ts';

test('R100 R101 nothing arrives from a page that obeys no host, the others go on, and it comes back when it may', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const link = await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  const [mallory, fay] = [await arrive('Mallory'), await arrive('Fay', { browser: 'firefox' })];
  await mallory.page.addInitScript(disobey);
  await mallory.joins(link);
  await fay.joins(link);
  await alice.seesAndHears(mallory, fay);
  await fay.seesAndHears(mallory, alice);
  await alice.control('People').click();

  const isShutOut = async () => {
    for (const one of [alice, fay]) {
      await hasLinks(one, 1);
      await expect(one.page.getByText('Mallory goes on sending')).toBeVisible();
      await one.reads('Connection closed', { on: mallory });
    }
    await alice.seesAndHears(fay);
    await fay.seesAndHears(alice);
  };
  const isBack = async () => {
    for (const one of [alice, fay]) {
      await one.seesAndHears(mallory);
      await expect(one.page.getByText('Mallory goes on sending')).toHaveCount(0);
    }
  };

  await hostDoes(alice, 'Mute');
  await isShutOut();
  await mallory.unmutes();
  await isBack();

  await hostDoes(alice, 'Forbid to speak');
  await isShutOut();
  await hostDoes(alice, 'Allow to speak');
  await mallory.unmutes();
  await isBack();

  const [alices, mallorys] = [new Screens(alice), new Screens(mallory)];
  await mallorys.shares();
  await alices.sees(mallory);
  await hostDoes(alice, 'Stop screen share');
  await isShutOut();
  await mallorys.shares();
  await isBack();
  await alices.sees(mallory);
});

async function hasLinks(one: Participant, wanted: number): Promise<void> {
  await until(async () => {
    const links = await one.page.evaluate(() => window.observer.connected());
    return links === wanted ? '' : `${one.name} has ${links} connections instead of ${wanted}`;
  });
}

async function hostDoes(host: Participant, act: string): Promise<void> {
  await host.page.getByRole('button', { name: 'Actions for Mallory' }).click();
  await host.page.getByRole('menuitem', { name: act, exact: true }).click();
}
