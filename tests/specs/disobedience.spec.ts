import type { Participant } from '../fixtures/participant.ts';
import { expect, test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';
import { disobey } from '../page/disobey.ts';

test('R61 R62 R66 R67 R100 nothing arrives from a page that obeys no host, the others go on, and removed it does not come back', async ({
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
  const others = [alice, fay];
  await fay.control('People').click();
  await knowsHowFar(alice, 'Mallory', 'Fay');
  await knowsHowFar(fay, 'Mallory', 'Alice');
  await fay.control('People').click();

  await hostDoes(alice, 'Forbid to speak');
  await isShutOut(mallory, others);
  await hostDoes(alice, 'Allow to speak');
  await mallory.unmutes();
  for (const one of others) {
    await one.seesAndHears(mallory);
    await expect(goesOn(one)).toHaveCount(0);
  }

  await hostDoes(alice, 'Mute');
  await isShutOut(mallory, others);

  await hostDoes(alice, 'Remove from meeting');
  await expect(mallory.page.getByText('You are not let into this meeting')).toBeVisible();
  for (const one of others) await one.losesSightOf(mallory);
  await mallory.page.reload();
  await mallory.joinButton.click();
  const waits = (page: Participant['page']) => page.getByText('Waiting to be let in');
  await expect(waits(mallory.page)).toBeVisible();
  const tab = await mallory.opensAnotherTab();
  await tab.page.goto(link);
  await tab.asksToEnter();
  await expect(waits(tab.page)).toBeVisible();
  await alice.seesOnly(fay);
  await fay.seesOnly(alice);
  await goOn(others);
});

/** How long the server takes to answer, and each of these. */
async function knowsHowFar(one: Participant, ...others: string[]): Promise<void> {
  const times = one.page.getByRole('list', { name: 'Latency' }).getByRole('listitem');
  for (const who of ['Server', ...others])
    await expect(times.filter({ hasText: who })).toHaveText(/\d ms/);
}

/** Nobody is connected to them any more, by their own browser's word, and all others are. */
async function isShutOut(offender: Participant, others: Participant[]): Promise<void> {
  for (const one of others) {
    await expect(goesOn(one)).toBeVisible();
    await one.reads('Connection closed', { on: offender });
  }
  await goOn(others);
}

async function goOn(others: Participant[]): Promise<void> {
  for (const one of others) {
    await until(async () => {
      const links = await one.page.evaluate(() => window.observer.connected());
      return links === 1 ? '' : `${one.name} has ${links} connections instead of one`;
    });
    await one.seesAndHears(...others.filter((other) => other !== one));
  }
}

function goesOn({ page }: Participant) {
  return page.getByText('Mallory goes on sending');
}

async function hostDoes(host: Participant, act: string): Promise<void> {
  await host.page.getByRole('button', { name: 'Actions for Mallory' }).click();
  await host.page.getByRole('menuitem', { name: act, exact: true }).click();
}
