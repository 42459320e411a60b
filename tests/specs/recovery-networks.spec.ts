import type { Participant } from '../fixtures/participant.ts';
import { passed } from '../fixtures/until.ts';
import { allSeeAndHear, expect, test as base } from '../faults/recovery.ts';
import { Network, type Place } from '../faults/network.ts';
import { SignalingServer } from '../fixtures/signaling-server.ts';

type Meeting = { people: Participant[]; places: Place[]; server: SignalingServer };

const test = base.extend<{
  /** People with these names meet in a network of their own, each at their own place in it. */
  meetApart: (...names: string[]) => Promise<Meeting>;
  network: Network;
}>({
  network: async ({}, use) => {
    const network = new Network();
    await use(network);
    network.remove();
  },

  meetApart: async ({ network, arrive }, use) => {
    const server = new SignalingServer(
      {},
      { command: network.serverCommand, host: network.serverAddress },
    );
    await server.start();
    await use(async (...names) => {
      const meeting: Meeting = { people: [], places: [], server };
      let link: string | null = null;
      for (const name of names) {
        const place = network.addPlace();
        const person = await arrive(name, { away: { place, origin: server.url } });
        if (link === null) {
          link = await person.makesMeeting(server.url);
          await person.entersFromGreenRoom();
        } else await person.joins(link);
        meeting.people.push(person);
        meeting.places.push(place);
      }
      await allSeeAndHear(meeting.people);
      return meeting;
    });
    await server.remove();
  },
});

test('R34 somebody whose address changes is back by themself, on the same connection', async ({
  meetApart,
  witness,
}) => {
  const { people, places } = await meetApart('Alice', 'Bob');
  const [, bob] = people;
  const from = Date.now();
  places[1]?.changeAddress();
  await passed(1_000);
  await bob?.isConnected();
  await allSeeAndHear(people);
  await witness.gather();
  expect(witness.rosterFaults({ from, to: Date.now() })).toEqual([]);
  for (const person of people) expect(witness.connectionsOf(person)).toEqual({ made: 1, open: 1 });
});

test('R9 somebody without a network for twenty seconds is told within ten, and is back at the same place', async ({
  meetApart,
  witness,
}) => {
  test.setTimeout(180_000);
  const { people, places } = await meetApart('Alice', 'Bob', 'Carol');
  const [alice, bob, carol] = people;
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  const order = await carol.namesInOrder();
  const from = Date.now();
  places[1]?.unplug();
  await bob.isReconnecting({ within: 10_000 });
  await passed(from + 20_000 - Date.now());
  places[1]?.plugIn();
  await bob.isConnected();
  await allSeeAndHear(people);
  expect(await carol.namesInOrder()).toEqual(order);
  await witness.gather();
  const apart = witness.gaps({ from, to: Date.now() }, [alice, carol]);
  expect(apart[0]?.milliseconds).toBeLessThan(1_500);
});
