import { expect, type Page } from '@playwright/test';
import { outliveCredentials } from '../fixtures/outlive-credentials.ts';
import { allMeetOver, test } from '../fixtures/relayed.ts';
import { allSeeAndHear } from '../faults/recovery.ts';

const ADMIN_TOKEN = 'Vb7uQe0xLr3mJz9tKp5wNc1yHd6fGs4a';

test('two people whose networks have no way to each other meet over UDP, over TCP, and where only port 443 is open', async ({
  atHome,
  appServer,
}) => {
  const alice = await atHome('Alice');
  const bob = await atHome('Bob');
  const people = [alice.person, bob.person];
  // Where both ways are open, ICE may stay with TCP on a busy machine.
  for (const { home } of [alice, bob]) home.letOut('only UDP');
  const link = await alice.person.makesMeeting(appServer.url);
  await alice.person.entersFromGreenRoom();
  await bob.person.joins(link);
  await allMeetOver('relay over udp', people);
  for (const [outlet, way] of [
    ['no UDP', 'relay over tcp'],
    ['only 443', 'relay over tls'],
  ] as const) {
    for (const { home } of [alice, bob]) home.letOut(outlet);
    for (const { page } of people) await page.reload();
    await allMeetOver(way, people);
  }
});

test.describe('where there are other ways', () => {
  test.use({ routed: true, settings: { ADMIN_TOKEN } });

  test('R50 R114 whoever is relay only tells nobody their address, now and after a reload, and sends nothing from it', async ({
    atHome,
    appServer,
  }) => {
    const alice = await atHome('Alice');
    const bob = await atHome('Bob');
    const link = await bob.person.makesMeeting(appServer.url);
    await bob.person.entersFromGreenRoom();
    alice.home.count(bob.home.address);
    await alice.person.page.goto(link);
    const choice = alice.person.page.getByRole('switch', { name: 'Relay only' });
    await expect(choice).not.toBeChecked();
    await expect(alice.person.page.getByText('browsers learn your network address')).toBeVisible();
    await choice.check();
    await expect(alice.person.page.getByText('nobody learns your network address')).toBeVisible();
    await alice.person.entersFromGreenRoom();
    for (const load of ['first', 'second']) {
      await allSeeAndHear([alice.person, bob.person]);
      const ways = await alice.person.page.evaluate(() => window.observer.waysOut());
      // Over which transport is ICE's choice, which may come late.
      expect([load, ...ways.map((way) => way.split(' over ')[0])]).toEqual([load, 'relay']);
      if (load === 'first') await alice.person.page.reload();
    }
    const told = await bob.person.page.evaluate(() => window.observer.candidatesTaken());
    expect(told.length).toBeGreaterThan(0);
    for (const candidate of told) {
      expect(candidate).toMatch(/ typ relay raddr 0\.0\.0\.0 rport 0\b/);
      expect(candidate).not.toContain(alice.home.address);
    }
    expect(alice.home.packetsCounted).toBe(0);
    // Bob minds nothing, and Alice is told where he is.
    const his = await alice.person.page.evaluate(() => window.observer.candidatesTaken());
    expect(his.some((candidate) => candidate.includes(bob.home.address))).toBe(true);
    // Both ends of the one link, as operators are told of it.
    await expect
      .poll(() => linksReported(bob.person.page), { timeout: 30_000, intervals: [1_000] })
      .toEqual({ direct: 0, relayed: 2 });
    await alice.person.leaves();
    await alice.person.page.reload();
    await expect(choice).toBeChecked();
  });
});

test.describe('where credentials live for five seconds, and allocations are asked about as often', () => {
  test.use({
    settings: { TURN_TTL: '5' },
    changes: { leaveOut: /^max-allocate-lifetime=/, add: 'max-allocate-lifetime=10\nverbose\n' },
  });

  test('R51 a relayed call outlives its credentials, and restarts with fresh ones, without an interruption', async ({
    atHome,
    appServer,
    relay,
    witness,
  }) => {
    const people = [(await atHome('Alice')).person, (await atHome('Bob')).person] as const;
    await outliveCredentials({ people, appServer, relay, witness }, { ttl: 5, seconds: 15 });
  });
});

/** How all links of the server's meetings go, as whoever runs it is told (R82). */
function linksReported(page: Page): Promise<unknown> {
  return page.evaluate(async (token) => {
    const answer = await fetch('/api/report', { headers: { authorization: `Bearer ${token}` } });
    const { nodes } = (await answer.json()) as { nodes: { links: unknown }[] };
    return nodes[0]?.links;
  }, ADMIN_TOKEN);
}
