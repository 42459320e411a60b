import { test, vi } from 'vitest';
import { FakeNetwork } from './test/fake-network.ts';
import { FakePage } from './test/fake-page.ts';
import { person } from './test/sealed-people.ts';

// Sealing takes the time it takes on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

test('R30 R59 whoever comes while the only other one is away is connected to them', async () => {
  const network = new FakeNetwork();
  const host = new FakePage(network, await person(10, 1));
  const guest = new FakePage(network, await person(11, 2));
  network.pages.push(host, guest);
  network.announceAway(host);
  await network.until('the two are connected', () => host.works(guest) && guest.works(host));
});

test('R34 R59 a pair that breaks while one of them is away heals', async () => {
  const network = await FakeNetwork.of(2);
  const [host, guest] = network.pages as [FakePage, FakePage];
  network.announceAway(host);
  network.cut(host, guest);
  await network.until('both have noticed', () => !host.works(guest) && !guest.works(host));
  await network.until('they are connected again', () => host.works(guest) && guest.works(host));
});
