import { expect, test } from '../fixtures/test.ts';
import type { Participant } from '../fixtures/participant.ts';

test('R64 R65 hosts make hosts, stay what they are through a reload, and whoever came first is offered the role when the last one leaves', async ({
  arrive,
  server,
}) => {
  const alice = await arrive('Alice');
  const link = await alice.makesMeeting(server.url);
  await alice.entersFromGreenRoom();
  const [bob, carol] = [await arrive('Bob'), await arrive('Carol')];
  await bob.joins(link);
  await carol.joins(link);
  await alice.sees(carol);

  await carol.control('Raise hand').click();
  await alice.reads('Hand raised', { on: carol });
  await doesTo(alice, 'Carol', 'Lower hand');
  await expect(carol.control('Raise hand')).toBeVisible();
  await alice.doesNotRead('Hand raised', { on: carol });

  await doesTo(alice, 'Bob', 'Make host');
  await bob.isTold('You are a host now.');
  await carol.isTold('Bob is a host now.');
  await bob.control('People').click();
  await isListedAs(bob, 'Bob', 'Host');
  await doesTo(bob, 'Carol', 'Make host');
  await carol.isTold('You are a host now.');
  await bob.page.getByRole('button', { name: 'Undo' }).click();
  await carol.isTold('You are no host any more.');

  await bob.reloads();
  await bob.control('People').click();
  await isListedAs(bob, 'Bob', 'Host');
  await doesTo(alice, 'Bob', 'Remove as host');
  await bob.isTold('You are no host any more.');
  await expect(bob.page.getByRole('button', { name: /^Actions for/ })).toHaveCount(0);
  await alice.reloads();
  await alice.control('People').click();
  await isListedAs(alice, 'Alice', 'Host');

  const offer = 'There is no host any more, and you have been here longest. Will you be the host?';
  await alice.leaves();
  await expect(bob.page.getByRole('alert').getByText(offer)).toBeVisible();
  await expect(carol.page.getByText(offer)).toHaveCount(0);
  await bob.leaves();
  await carol.page.getByRole('button', { name: 'Be the host' }).click();
  await carol.isTold('You are a host now.');
  await expect(carol.page.getByText(offer)).toHaveCount(0);
  await carol.control('People').click();
  await isListedAs(carol, 'Carol', 'Host');
});

/** With the People panel, which is opened if need be. */
async function doesTo(host: Participant, name: string, act: string): Promise<void> {
  const actions = host.page.getByRole('button', { name: `Actions for ${name}` });
  if (!(await host.page.getByRole('list', { name: 'People' }).isVisible()))
    await host.control('People').click();
  await actions.click();
  await host.page.getByRole('menuitem', { name: act, exact: true }).click();
}

async function isListedAs(onlooker: Participant, name: string, word: string): Promise<void> {
  const rows = onlooker.page.getByRole('list', { name: 'People' }).getByRole('listitem');
  await expect(rows.filter({ hasText: name })).toContainText(word);
}
