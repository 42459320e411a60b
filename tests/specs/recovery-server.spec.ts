import { ChatReader } from '../fixtures/chat.ts';
import { makeMeeting } from '../fixtures/make-meeting.ts';
import type { Participant } from '../fixtures/participant.ts';
import { passed } from '../fixtures/until.ts';
import type { Span } from '../faults/continuity.ts';
import { CUT_OFF, SMALL, allSeeAndHear, expect, loseAddresses, test } from '../faults/recovery.ts';

test('R38 a server that is told to stop ends well, and one that stood still for twelve seconds goes on: nobody is missed or seen twice, no picture or sound stops', async ({
  meet,
  ownServer,
  witness,
}) => {
  test.setTimeout(180_000);
  const server = await ownServer();
  const people = await meet(await makeMeeting(server.url), {
    Alice: SMALL,
    Bob: SMALL,
    Carol: SMALL,
  });
  await witness.gather();
  const before = people.map((person) => witness.connectionsOf(person));
  await test.step('it is told to stop, and comes back', async () => {
    const from = Date.now();
    expect(await server.stop()).toBe(0);
    await server.start();
    for (const person of people) await person.isConnected();
    await isWholeSince(from);
  });
  await test.step('it stands still', async () => {
    const from = Date.now();
    server.freeze();
    await passed(12_000);
    server.thaw();
    for (const person of people) await person.isConnected();
    await isWholeSince(from);
  });

  async function isWholeSince(from: number) {
    await allSeeAndHear(people);
    await witness.gather();
    const span = { from, to: Date.now() };
    expect(witness.rosterFaults(span)).toEqual([]);
    expect(witness.gaps(span)[0]?.milliseconds).toBeLessThan(CUT_OFF);
    expect(people.map((person) => witness.connectionsOf(person))).toEqual(before);
  }
});

test.describe('with paths that break', () => {
  test.use({ diverted: true });

  test('R35 R39 R41 R48 a server that is killed is missed by nobody: a broken pair heals without it, and seats, chat, lock and host are what they were when it is back', async ({
    arrive,
    ownServer,
    paths,
    witness,
  }) => {
    test.setTimeout(240_000);
    const server = await ownServer();
    const alice = await arrive('Alice', SMALL);
    const link = await alice.makesMeeting(server.url);
    await alice.entersFromGreenRoom();
    const people = [alice];
    for (const name of ['Bob', 'Carol']) {
      const person = await arrive(name, SMALL);
      await person.joins(link);
      people.push(person);
    }
    await allSeeAndHear(people);
    const [, bob, carol] = people as [Participant, Participant, Participant];
    const bobsChat = new ChatReader(bob);
    const carolsChat = new ChatReader(carol);
    await test.step('they write to one another, and the host locks the meeting', async () => {
      await bobsChat.opens();
      await carolsChat.opens();
      await bobsChat.says('For all');
      await bobsChat.turnsTo('Carol');
      await bobsChat.says('Between us');
      await carolsChat.reads('For all', 'Between us');
      await locks(alice, true);
    });
    const order = await carol.namesInOrder();
    await witness.gather();
    const from = Date.now();
    await test.step('the server is killed, and a pair’s addresses lead nowhere any more', async () => {
      await server.kill();
      for (const person of people) await person.isReconnecting();
      await carolsChat.says('While it was away');
      await loseAddresses(paths.between(alice, bob));
      await alice.doesNotRead('Reconnecting', { on: bob });
      await bob.doesNotRead('Reconnecting', { on: alice });
      await allSeeAndHear(people);
      for (const person of people) await person.isReconnecting();
    });
    await test.step('ten seconds after its end it is back', async () => {
      await passed(from + 10_000 - Date.now());
      await server.start();
      for (const person of people) await person.isConnected();
      await witness.gather();
      const span = { from, to: Date.now() };
      expect(witness.rosterFaults(span)).toEqual([]);
      expect(longestWith(carol, span)).toBeLessThan(CUT_OFF);
      for (const person of people) {
        expect(witness.connectionsOf(person)).toEqual({ made: 2, open: 2 });
      }
      expect(await carol.namesInOrder()).toEqual(order);
    });
    await test.step('chat, lock and host are what they were, and a newcomer finds everything', async () => {
      await bobsChat.reads('For all', 'Between us', 'While it was away');
      await carolsChat.reads('For all', 'Between us', 'While it was away');
      const alicesChat = new ChatReader(alice);
      await alicesChat.opens();
      await alicesChat.reads('For all', 'While it was away');
      const dave = await arrive('Dave', SMALL);
      await dave.page.goto(link);
      await expect(dave.page.getByText('This meeting is locked')).toBeVisible();
      await bob.control('More').click();
      await expect(bob.page.getByRole('heading', { name: 'More', exact: true })).toBeVisible();
      await expect(bob.page.getByRole('button', { name: 'Meeting settings' })).toHaveCount(0);
      await locks(alice, false);
      await dave.page.getByRole('button', { name: 'Try again' }).click();
      await dave.entersFromGreenRoom();
      await allSeeAndHear([...people, dave]);
      const davesChat = new ChatReader(dave);
      await davesChat.opens();
      await davesChat.reads('For all', 'While it was away');
    });

    /** The longest gap of all that one person receives and sends, in milliseconds. */
    function longestWith({ name }: Participant, span: Span): number {
      const concerned = witness
        .gaps(span)
        .filter(({ viewer, of }) => viewer === name || of === name);
      return Math.max(...concerned.map(({ milliseconds }) => milliseconds));
    }
  });
});

async function locks(host: Participant, isLocked: boolean): Promise<void> {
  await host.control('More').click();
  await host.page.getByRole('button', { name: 'Meeting settings' }).click();
  const dialog = host.page.getByRole('dialog', { name: 'Meeting settings' });
  const lock = dialog.getByRole('switch', { name: 'Lock meeting' });
  await expect(lock).toBeChecked({ checked: !isLocked });
  await lock.click();
  await expect(lock).toBeChecked({ checked: isLocked });
  await host.page.keyboard.press('Escape');
  await host.control('More').click();
}
