import { makeMeeting } from '../fixtures/make-meeting.ts';
import { passed } from '../fixtures/until.ts';
import { CUT_OFF, SMALL, allSeeAndHear, expect, loseAddresses, test } from '../faults/recovery.ts';

test.use({ diverted: true });

// Whoever comes later opens the link: Firefox does so towards Alice, and is offered Carol's.
const mixed = { Alice: SMALL, Bob: { ...SMALL, browser: 'firefox' }, Carol: SMALL } as const;

test('R8 R34 R35 with a Firefox among three people, the server’s death, paths that are cut, addresses that lead nowhere and a reload pass as among others, and a closed tab is gone', async ({
  meet,
  ownServer,
  paths,
  witness,
}) => {
  test.setTimeout(240_000);
  const server = await ownServer();
  const people = await meet(await makeMeeting(server.url), mixed);
  const [alice, bob, carol] = people;
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  const bobs = [paths.between(alice, bob), paths.between(bob, carol)];
  await test.step('the server is killed and comes back', async () => {
    await witness.gather();
    const before = people.map((person) => witness.connectionsOf(person));
    const from = Date.now();
    await server.kill();
    for (const person of people) await person.isReconnecting();
    await server.start();
    for (const person of people) await person.isConnected();
    await witness.gather();
    const span = { from, to: Date.now() };
    expect(witness.rosterFaults(span)).toEqual([]);
    expect(witness.gaps(span)[0]?.milliseconds).toBeLessThan(CUT_OFF);
    expect(people.map((person) => witness.connectionsOf(person))).toEqual(before);
  });
  await test.step('both of Firefox’s paths are cut for ten seconds', async () => {
    for (const path of bobs) path.cut();
    await passed(10_000);
    for (const path of bobs) path.heal();
    await allSeeAndHear(people);
  });
  await test.step('its addresses lead nowhere any more', async () => {
    await Promise.all(bobs.map((path) => loseAddresses(path)));
    await allSeeAndHear(people);
    await witness.gather();
    for (const person of people) expect(witness.connectionsOf(person)).toMatchObject({ open: 2 });
  });
  await test.step('Firefox loads the page anew', async () => {
    const order = await carol.namesInOrder();
    const from = Date.now();
    await bob.reloads();
    await allSeeAndHear(people);
    await witness.gather();
    expect(witness.rosterFaults({ from, to: Date.now() }, [alice, carol])).toEqual([]);
    expect(await carol.namesInOrder()).toEqual(order);
  });
  await test.step('Firefox’s tab is closed', async () => {
    await bob.closesTab();
    for (const person of [alice, carol]) await person.losesSightOf(bob);
  });
});
