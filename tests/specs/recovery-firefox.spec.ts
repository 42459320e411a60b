import { makeMeeting } from '../fixtures/make-meeting.ts';
import { passed } from '../fixtures/until.ts';
import { allSeeAndHear, expect, loseAddresses, test } from '../faults/recovery.ts';

test.use({ diverted: true });

const mixed = { Alice: {}, Bob: { browser: 'firefox' }, Carol: {} } as const;

test('with a Firefox among three people, the server is killed and comes back, and nobody is missed or seen twice', async ({
  meet,
  ownServer,
  witness,
}) => {
  test.setTimeout(180_000);
  const server = await ownServer();
  const people = await meet(await makeMeeting(server.url), mixed);
  const from = Date.now();
  await server.kill();
  for (const person of people) await person.isReconnecting();
  await server.start();
  for (const person of people) await person.isConnected();
  await allSeeAndHear(people);
  await witness.gather();
  const span = { from, to: Date.now() };
  expect(witness.rosterFaults(span)).toEqual([]);
  expect(witness.gaps(span)[0]?.milliseconds).toBeLessThan(1_500);
});

for (const [one, other] of [
  ['chromium', 'firefox'],
  ['firefox', 'chromium'],
] as const) {
  test(`R34 a pair of ${one} and ${other} comes back after ten seconds without a path, and from addresses that lead nowhere`, async ({
    meet,
    meeting,
    paths,
  }) => {
    test.setTimeout(180_000);
    const people = await meet(meeting, { Alice: { browser: one }, Bob: { browser: other } });
    const [alice, bob] = people;
    if (!alice || !bob) throw new Error('Two people were to meet.');
    const path = paths.between(alice, bob);
    path.cut();
    await passed(10_000);
    path.heal();
    await allSeeAndHear(people);
    await loseAddresses(path);
    await allSeeAndHear(people);
  });
}
