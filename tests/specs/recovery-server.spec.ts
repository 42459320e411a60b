import { makeMeeting } from '../fixtures/make-meeting.ts';
import { passed } from '../fixtures/until.ts';
import { allSeeAndHear, expect, loseAddresses, test } from '../faults/recovery.ts';

const three = { Alice: {}, Bob: {}, Carol: {} };
/** Far above what the figures show (`npm run bench -- recovery`), far below a link that was made anew. */
const HARDLY_ANY = 1_500;

test('R35 R41 the server is killed and comes back: nobody is lost to sight, missed or seen twice, and a newcomer finds everybody', async ({
  arrive,
  meet,
  ownServer,
  witness,
}) => {
  test.setTimeout(180_000);
  const server = await ownServer();
  const link = await makeMeeting(server.url);
  const people = await meet(link, three);
  const from = Date.now();
  await server.kill();
  for (const person of people) await person.isReconnecting();
  await server.start();
  for (const person of people) await person.isConnected();
  await witness.gather();
  const span = { from, to: Date.now() };
  expect(witness.rosterFaults(span)).toEqual([]);
  expect(witness.gaps(span)[0]?.milliseconds).toBeLessThan(HARDLY_ANY);
  const dave = await arrive('Dave');
  await dave.joins(link);
  await allSeeAndHear([...people, dave]);
});

test('R38 a server that is told to stop ends well, and nobody’s picture or sound stops with it', async ({
  meet,
  ownServer,
  witness,
}) => {
  const server = await ownServer();
  const people = await meet(await makeMeeting(server.url), three);
  const from = Date.now();
  expect(await server.stop()).toBe(0);
  await server.start();
  for (const person of people) await person.isConnected();
  await allSeeAndHear(people);
  await witness.gather();
  const span = { from, to: Date.now() };
  expect(witness.rosterFaults(span)).toEqual([]);
  expect(witness.gaps(span)[0]?.milliseconds).toBeLessThan(HARDLY_ANY);
});

test('a server that stood still for twelve seconds has lost nobody, and nobody is seen twice', async ({
  meet,
  ownServer,
  witness,
}) => {
  const server = await ownServer();
  const people = await meet(await makeMeeting(server.url), three);
  const from = Date.now();
  server.freeze();
  await passed(12_000);
  server.thaw();
  for (const person of people) await person.isConnected();
  await allSeeAndHear(people);
  await witness.gather();
  const span = { from, to: Date.now() };
  expect(witness.rosterFaults(span)).toEqual([]);
  expect(witness.gaps(span)[0]?.milliseconds).toBeLessThan(HARDLY_ANY);
});

test.describe('with paths that break', () => {
  test.use({ diverted: true });

  test('R39 while the server is dead, a pair whose addresses lead nowhere any more finds each other through the third', async ({
    meet,
    ownServer,
    paths,
    witness,
  }) => {
    test.setTimeout(180_000);
    const server = await ownServer();
    const [alice, bob, carol] = await meet(await makeMeeting(server.url), three);
    if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
    await server.kill();
    const from = Date.now();
    await loseAddresses(paths.between(alice, bob));
    await allSeeAndHear([alice, bob, carol]);
    await alice.doesNotRead('Reconnecting', { on: bob });
    await alice.isReconnecting();
    await witness.gather();
    const span = { from, to: Date.now() };
    expect(witness.rosterFaults(span)).toEqual([]);
    expect(longestWith(carol.name)).toBeLessThan(HARDLY_ANY);
    expect(witness.connectionsOf(alice)).toEqual({ made: 2, open: 2 });

    function longestWith(name: string): number {
      const concerned = witness
        .gaps(span)
        .filter(({ viewer, of }) => viewer === name || of === name);
      return Math.max(...concerned.map(({ milliseconds }) => milliseconds));
    }
  });
});
