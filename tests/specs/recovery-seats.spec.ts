import { makeMeeting } from '../fixtures/make-meeting.ts';
import { passed } from '../fixtures/until.ts';
import { CUT_OFF, SMALL, allSeeAndHear, expect, test } from '../faults/recovery.ts';
import { crashPage } from '../faults/sleep.ts';

test('R8 R9 R11 whoever loads the page anew, whose page is frozen, or whose computer sleeps is back by themself, once, at the same place; whose page crashed is gone within ten seconds', async ({
  freeze,
  meet,
  meeting,
  putToSleep,
  witness,
}) => {
  test.setTimeout(240_000);
  const people = await meet(meeting, { Alice: SMALL, Bob: {}, Carol: SMALL });
  const [alice, bob, carol] = people;
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  const order = await carol.namesInOrder();
  await test.step('Alice loads the page anew, and nobody is told of leaving or joining', async () => {
    const announced = await carol.page.evaluate(() => window.announced.length);
    await witness.gather();
    const from = Date.now();
    await alice.reloads();
    await allSeeAndHear(people);
    await witness.gather();
    expect(witness.rosterFaults({ from, to: Date.now() }, [bob, carol])).toEqual([]);
    expect(await carol.namesInOrder()).toEqual(order);
    const since = await carol.page.evaluate((before) => window.announced.slice(before), announced);
    expect(since.filter((sentence) => sentence.includes('Alice'))).toEqual([]);
  });
  await test.step('Bob’s page is frozen for five seconds', async () => {
    const before = [alice, carol].map((person) => witness.connectionsOf(person));
    const from = Date.now();
    const wake = await freeze(bob);
    await passed(5_000);
    await wake();
    await allSeeAndHear(people);
    await witness.gather();
    expect(witness.rosterFaults({ from, to: Date.now() }, [alice, carol])).toEqual([]);
    expect([alice, carol].map((person) => witness.connectionsOf(person))).toEqual(before);
  });
  await test.step('Bob’s computer sleeps until he is not expected any more', async () => {
    const wake = await putToSleep(bob);
    await Promise.all([alice.losesSightOf(bob, 20_000), carol.losesSightOf(bob, 20_000)]);
    await wake();
    await allSeeAndHear(people);
    expect(await carol.namesInOrder()).toEqual(order);
  });
  await test.step('Bob’s page crashes', async () => {
    await crashPage(bob.page);
    await Promise.all([alice.losesSightOf(bob), carol.losesSightOf(bob)]);
    await allSeeAndHear([alice, carol]);
  });
});

test('R9 R10 a connection to the server that went silent is told within ten seconds, costs no picture, and leads back to the same seat', async ({
  arrive,
  ownServer,
  wayTo,
  witness,
}) => {
  const server = await ownServer();
  const link = await makeMeeting(server.url);
  const way = await wayTo(server);
  const alice = await arrive('Alice', SMALL);
  await alice.joins(link);
  const bob = await arrive('Bob', SMALL);
  await bob.joins(link.replace(server.url, way.url));
  const carol = await arrive('Carol', SMALL);
  await carol.joins(link);
  const people = [alice, bob, carol];
  await allSeeAndHear(people);
  const order = await carol.namesInOrder();
  await witness.gather();
  const before = people.map((person) => witness.connectionsOf(person));
  const from = Date.now();
  way.silence();
  await bob.isReconnecting({ within: 10_000 });
  await passed(from + 20_000 - Date.now());
  way.heal();
  await bob.isConnected();
  await allSeeAndHear(people);
  await witness.gather();
  const span = { from, to: Date.now() };
  expect(witness.rosterFaults(span)).toEqual([]);
  expect(await carol.namesInOrder()).toEqual(order);
  expect(witness.gaps(span)[0]?.milliseconds).toBeLessThan(CUT_OFF);
  expect(people.map((person) => witness.connectionsOf(person))).toEqual(before);
});

test('R8 a second tab asks first; moving the meeting there keeps the seat, and it can be brought back', async ({
  meet,
  meeting,
}) => {
  const [alice, bob] = await meet(meeting, { Alice: {}, Bob: {} });
  if (!alice || !bob) throw new Error('Two people were to meet.');
  const second = await alice.opensAnotherTab();
  await second.page.goto(meeting);
  const move = second.page.getByRole('button', { name: 'Move the meeting here' });
  await expect(move).toBeVisible();
  await expect(second.page.getByRole('button', { name: 'Join here too' })).toBeVisible();
  await bob.seesOnly(alice);
  await move.click();
  await second.isInMeeting();
  const back = alice.page.getByRole('button', { name: 'Bring it back here' });
  await expect(back).toBeVisible();
  await allSeeAndHear([second, bob]);
  await back.click();
  await alice.isInMeeting();
  await allSeeAndHear([alice, bob]);
});
