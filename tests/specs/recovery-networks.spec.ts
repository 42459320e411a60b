import type { Engine } from '../browsers/installed.ts';
import type { Participant } from '../fixtures/participant.ts';
import { passed, until } from '../fixtures/until.ts';
import { CUT_OFF, SMALL, allSeeAndHear, expect, test as base } from '../faults/recovery.ts';
import { Network, type Place } from '../faults/network.ts';
import { SignalingServer } from '../fixtures/signaling-server.ts';

type Meeting = {
  people: Participant[];
  places: Place[];
  link: string;
  /** Somebody joins later. */
  comes: (name: string, browser?: Engine) => Promise<Participant>;
};

/** Longer than any step between two frames of a picture that moves, in milliseconds. */
const NOTICEABLE = 500;

const test = base.extend<{
  /** People with these names, and browsers, meet in a network of their own, each at their own place in it. */
  meetApart: (
    people: Record<string, Engine>,
    settings?: Record<string, string>,
  ) => Promise<Meeting>;
  network: Network;
}>({
  network: async ({}, use) => {
    const network = new Network();
    await use(network);
    network.remove();
  },

  meetApart: async ({ network, arrive }, use) => {
    const servers: SignalingServer[] = [];
    await use(async (people, settings = {}) => {
      const server = new SignalingServer(settings, {
        command: network.serverCommand,
        host: network.serverAddress,
      });
      servers.push(server);
      await server.start();
      const meeting: Meeting = { people: [], places: [], link: '', comes };
      for (const [name, browser] of Object.entries(people)) await comes(name, browser);
      await allSeeAndHear(meeting.people);
      return meeting;

      async function comes(name: string, browser?: Engine): Promise<Participant> {
        const place = network.addPlace();
        const away = { place, origin: server.url };
        const person = await arrive(name, { ...SMALL, away, ...(browser && { browser }) });
        if (meeting.link === '') {
          meeting.link = await person.makesMeeting(server.url);
          await person.entersFromGreenRoom();
        } else await person.joins(meeting.link);
        meeting.people.push(person);
        meeting.places.push(place);
        return person;
      }
    });
    for (const server of servers) await server.remove();
  },
});

test('R9 R34 whose address changes is back, in Firefox too, and in Chromium on the same connections; without a network for twenty seconds they are told within ten, and are back at the same place', async ({
  meetApart,
  witness,
}) => {
  test.setTimeout(180_000);
  const { people, places } = await meetApart({
    Alice: 'chromium',
    Bob: 'chromium',
    Carol: 'firefox',
  });
  const [alice, bob, carol] = people;
  if (!alice || !bob || !carol) throw new Error('Three people were to meet.');
  const order = await carol.namesInOrder();
  const moves = async (moved: Participant, place: Place | undefined) => {
    const from = Date.now();
    place?.changeAddress();
    await until(async () => {
      await witness.gather();
      const still = witness.longestStandstill([alice, moved], { from, to: Date.now() });
      return still > NOTICEABLE ? '' : `Alice's and ${moved.name}'s pictures have not stopped`;
    });
    await moved.isConnected();
    await allSeeAndHear(people);
    await witness.gather();
    return { from, to: Date.now() };
  };
  await test.step('Bob gets another address', async () => {
    const span = await moves(bob, places[1]);
    expect(witness.rosterFaults(span)).toEqual([]);
    expect(witness.connectionsOf(alice)).toEqual({ made: 2, open: 2 });
    for (const person of people) expect(witness.connectionsOf(person)).toMatchObject({ open: 2 });
  });
  // Nothing tells Firefox of it: it notices that nothing arrives, makes connections anew where restarts are of no use, and may be out of sight meanwhile.
  await test.step('Carol’s Firefox gets another address', async () => {
    await moves(carol, places[2]);
    for (const person of people) expect(witness.connectionsOf(person)).toMatchObject({ open: 2 });
    expect(await carol.namesInOrder()).toEqual(order);
  });
  await test.step('Bob has no network', async () => {
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
    expect(apart[0]?.milliseconds).toBeLessThan(CUT_OFF);
  });
});

test('R9 whose seat was given to somebody else while they had no network is back with one click and without another prompt', async ({
  meetApart,
}) => {
  const { people, places, comes } = await meetApart(
    { Alice: 'chromium', Bob: 'chromium' },
    { MAX_PARTICIPANTS: '2' },
  );
  const [alice, bob] = people;
  if (!alice || !bob) throw new Error('Two people were to meet.');
  const camera = await bob.cameraTrack();
  places[1]?.unplug();
  await alice.losesSightOf(bob, 15_000);
  const carol = await comes('Carol');
  await bob.isReconnecting();
  await expect(bob.page.getByText('Your device has no network.')).toBeVisible();
  await bob.page.getByRole('button', { name: 'Try now' }).click();
  places[1]?.plugIn();
  await expect(bob.page.getByText('This meeting is full')).toBeVisible();
  await carol.leaves();
  await alice.losesSightOf(carol);
  await bob.page.getByRole('button', { name: 'Try again' }).click();
  await bob.isInMeeting();
  await allSeeAndHear([alice, bob]);
  expect(await bob.cameraTrack()).toBe(camera);
});
