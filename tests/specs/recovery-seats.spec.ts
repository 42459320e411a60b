import { makeMeeting } from '../fixtures/make-meeting.ts';
import { passed } from '../fixtures/until.ts';
import { allSeeAndHear, expect, test } from '../faults/recovery.ts';
import { crashPage } from '../faults/sleep.ts';

const three = { Alice: {}, Bob: {}, Carol: {} };

test('R8 R11 a reload leads back to the same seat: the same place in everybody’s grid, and nobody is told of leaving or joining', async ({
  meet,
  meeting,
  witness,
}) => {
  const people = await meet(meeting, three);
  const [alice, bob, carol] = people;
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  const order = await carol.namesInOrder();
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

test('R9 somebody whose page crashed is gone from everybody’s grid within ten seconds', async ({
  meet,
  meeting,
}) => {
  const [alice, bob, carol] = await meet(meeting, three);
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  await crashPage(bob.page);
  await Promise.all([alice.losesSightOf(bob), carol.losesSightOf(bob)]);
  await allSeeAndHear([alice, carol]);
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
  const alice = await arrive('Alice');
  await alice.joins(link);
  const bob = await arrive('Bob');
  await bob.joins(link.replace(server.url, way.url));
  const carol = await arrive('Carol');
  await carol.joins(link);
  const people = [alice, bob, carol];
  await allSeeAndHear(people);
  const order = await carol.namesInOrder();
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
  expect(witness.gaps(span)[0]?.milliseconds).toBeLessThan(1_500);
});

test('R9 somebody whose computer slept for fifteen seconds is back by themself, once, at the same place', async ({
  meet,
  meeting,
  putToSleep,
}) => {
  test.setTimeout(180_000);
  const people = await meet(meeting, three);
  const [alice, bob, carol] = people;
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  const order = await carol.namesInOrder();
  const wake = await putToSleep(bob);
  await Promise.all([alice.losesSightOf(bob, 20_000), carol.losesSightOf(bob, 20_000)]);
  await wake();
  await allSeeAndHear(people);
  expect(await carol.namesInOrder()).toEqual(order);
});

test('a page that the browser froze for five seconds goes on where it stood', async ({
  freeze,
  meet,
  meeting,
  witness,
}) => {
  const people = await meet(meeting, { Alice: {}, Bob: {} });
  const [alice, bob] = people;
  if (!alice || !bob) throw new Error('Two people were to meet.');
  const from = Date.now();
  const wake = await freeze(bob);
  await passed(5_000);
  await wake();
  await allSeeAndHear(people);
  await witness.gather();
  expect(witness.rosterFaults({ from, to: Date.now() }, [alice])).toEqual([]);
  expect(witness.connectionsOf(alice)).toEqual({ made: 1, open: 1 });
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
