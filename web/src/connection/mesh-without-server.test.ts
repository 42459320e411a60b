import { describe, expect, test, vi } from 'vitest';
import { fromBase64url, toBase64url } from './sealing/base64url.ts';
import { FakeNetwork } from './test/fake-network.ts';
import type { FakePage, Tampering } from './test/fake-page.ts';

// Sealing takes the time it takes on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** A meeting of `count` whose server is gone. */
async function withoutServer(count: number) {
  const network = await FakeNetwork.of(count);
  await network.pass(2_000);
  network.stopServer();
  network.forgetTraffic();
  const [a, b, ...others] = network.pages;
  if (!a || !b) throw new Error('A meeting takes two.');
  return { network, a, b, others };
}

const heal = (network: FakeNetwork, a: FakePage, b: FakePage, mostMs?: number) =>
  network.until('the pair is connected again', () => a.works(b) && b.works(a), mostMs);

async function breakAndHeal(network: FakeNetwork, a: FakePage, b: FakePage, mostMs?: number) {
  network.cut(a, b);
  await network.until('both have noticed', () => !a.works(b) && !b.works(a));
  await heal(network, a, b, mostMs);
}

test('R35 the loss of the server changes no link', async () => {
  const { network } = await withoutServer(3);
  await network.pass(20_000);
  for (const one of network.pages)
    for (const other of network.others(one)) expect(one.works(other)).toBe(true);
});

test('R39 a pair that breaks while the server is away heals through a neighbour', async () => {
  const { network, a, b, others } = await withoutServer(3);
  const relayed = network.relayed;
  await breakAndHeal(network, a, b);
  expect(network.relayed).toBe(relayed);
  const carried = network.traffic.filter(({ text }) => text.includes('"signal"'));
  expect(carried.some(({ from }) => from === others[0]?.id)).toBe(true);
});

test('R39 two people without a neighbour heal when the server is back', async () => {
  const { network, a, b } = await withoutServer(2);
  network.cut(a, b);
  await network.pass(20_000);
  expect([a.works(b), b.works(a)]).toEqual([false, false]);
  network.startServer();
  await heal(network, a, b);
});

test('R39 whoever alone is cut off from the server is reached through a neighbour', async () => {
  const network = await FakeNetwork.of(3);
  const [a, b] = network.pages as [FakePage, FakePage];
  a.mesh.setConnected(false);
  network.announce((page) => page !== a);
  await breakAndHeal(network, a, b);
});

describe('R9 whoever was away for so long that the others took them for gone', () => {
  /** `away` hears nothing and is heard by nobody; its seat leaves the snapshot meanwhile. */
  async function isAway(network: FakeNetwork, away: FakePage, ms: number) {
    network.cutOff(away);
    network.announceTo(network.others(away), (page) => page !== away);
    await network.pass(ms);
    network.announce();
    away.mesh.setConnected(true);
    away.mesh.suspect('slight');
  }

  test.each([
    ['the later arrival, who offers', 1, 20_000],
    ['the earlier one, who is called', 0, 20_000],
    ['the later one, for less than the others need to notice', 1, 1_000],
    ['the later one, for most of the time a seat is reserved', 1, 40_000],
  ])('R31 comes back to working links at once: %s', async (_name, index, ms) => {
    const network = await FakeNetwork.of(2);
    const [a, b] = network.pages as [FakePage, FakePage];
    await isAway(network, index === 0 ? a : b, ms);
    await heal(network, a, b, 3_000);
  });

  test('R8 and to others when another page load is back instead', async () => {
    const network = await FakeNetwork.of(2);
    const [a, b] = network.pages as [FakePage, FakePage];
    await isAway(network, b, 1_000);
    const again = await network.reload(b);
    await heal(network, a, again, 3_000);
  });

  test('nothing is left of whoever does not come back within a minute', async () => {
    const network = await FakeNetwork.of(2);
    const [a, b] = network.pages as [FakePage, FakePage];
    network.leave(b);
    await network.pass(60_000);
    expect(a.told.get(a.id)).toEqual([]);
    expect(network.clock.next).toBe(Infinity);
  });
});

describe('R39 hostile neighbours', () => {
  /** Changes the messages that pass, not those that tell of the hostile one's own links. */
  const passing =
    (change: (message: Record<string, string>) => object[]): Tampering =>
    (text) => {
      const message = JSON.parse(text) as Record<string, string>;
      if (message.type !== 'signal') return [text];
      return change(message).map((one) => JSON.stringify(one));
    };
  const alter = (sealed = '') => {
    const bytes = fromBase64url(sealed) ?? new Uint8Array();
    return toBase64url(bytes.map((byte, at) => (at === 60 ? byte ^ 1 : byte)));
  };
  const stranger = toBase64url(new Uint8Array(16).fill(99));

  test.each<[string, Tampering]>([
    ['drop everything', () => []],
    ['drop what they should pass on', passing(() => [])],
    ['repeat everything', (text) => Array.from({ length: 20 }, () => text)],
    ['alter', passing((one) => [{ ...one, sealed: alter(one.sealed) }])],
    [
      'address to somebody else',
      (text, to) => passing((one) => [{ ...one, to: one.from ?? to }])(text, to),
    ],
    ['forge who sent it', (text, to) => passing((one) => [{ ...one, from: to }])(text, to)],
    ['name a stranger', passing((one) => [{ ...one, from: stranger }])],
    ['say what is nothing', () => ['', '{', 'null', '[]', '{"type":"links","links":5}']],
    ['flood', (text) => [text, ...Array.from({ length: 3_000 }, () => 'x'.repeat(2_000))]],
  ])('who %s neither keep a pair apart nor break what stands', async (_name, tamper) => {
    const { network, a, b, others } = await withoutServer(6);
    for (const hostile of others.slice(0, 3)) hostile.tamper = tamper;
    await breakAndHeal(network, a, b);
    const honest = [a, b, ...others.slice(3)];
    for (const one of honest)
      for (const other of honest) if (one !== other) expect(one.works(other)).toBe(true);
  });

  test('R19 nothing opens that they alter or forge, and all of it is counted', async () => {
    const { network, a, b, others } = await withoutServer(3);
    const [hostile] = others as [FakePage];
    hostile.tamper = passing((one) => [{ ...one, sealed: alter(one.sealed) }]);
    // Where sealing takes long, something may have been repeated while they met.
    for (const page of [a, b]) page.refused.length = 0;
    network.cut(a, b);
    await network.pass(20_000);
    expect([a.works(b), b.works(a)]).toEqual([false, false]);
    const refused = [...a.refused, ...b.refused];
    // Counted for who brought it, not for whom it names; and no attack on either's connection.
    expect(new Set(refused.map(([from, kind]) => `${from} ${kind}`))).toEqual(
      new Set([`${hostile.id} stale`]),
    );
  });

  test('R39 what they want passed on is passed on within the budget', async () => {
    const { network, a, b, others } = await withoutServer(3);
    const [neighbour] = others as [FakePage];
    const flood = JSON.stringify({ type: 'signal', from: a.id, to: b.id, sealed: 'AAAA' });
    a.tamper = (text) => [text, ...Array.from({ length: 500 }, () => flood)];
    a.mesh.setConnected(true);
    a.mesh.setConnected(false);
    network.cut(a, b);
    await network.pass(10_000);
    const passed = network.traffic.filter(
      ({ from, to, text }) => from === neighbour.id && to === b.id && text === flood,
    );
    expect(passed.length).toBeGreaterThan(100);
    expect(passed.length).toBeLessThanOrEqual(200 + 20 * 11);
    expect(neighbour.works(b)).toBe(true);
  });

  test('R39 nobody passes on what the link’s other end has not said, nor to whom no link works', async () => {
    const { network, a, b, others } = await withoutServer(4);
    const [c, d] = others as [FakePage, FakePage];
    network.cut(c, d);
    const said = async (from: string, to: string) => {
      const text = JSON.stringify({ type: 'signal', from, to, sealed: 'AAAA' });
      const passedTo: string[] = [];
      c.tamper = (passed, over) => {
        if (passed === text) passedTo.push(over);
        return [passed];
      };
      network.say(a, c, text);
      await network.pass(50);
      return passedTo;
    };
    expect(await said(b.id, d.id)).toEqual([]);
    expect(await said(stranger, b.id)).toEqual([]);
    expect(await said(a.id, d.id)).toEqual([]);
    expect(await said(a.id, a.id)).toEqual([]);
    expect(await said(a.id, stranger)).toEqual([]);
    expect(await said(a.id, b.id)).toEqual([b.id]);
  });
});

describe('R40 how the links stand', () => {
  test('R40 everybody knows all of it, soon after it changes', async () => {
    const { network, a, b } = await withoutServer(4);
    const seen = (by: FakePage, from: FakePage, to: FakePage) =>
      by.told.get(from.id)?.find((link) => link.to === to.id)?.standing;
    for (const by of network.pages)
      for (const from of network.pages)
        for (const to of network.others(from)) expect(seen(by, from, to)).toBe('ok');
    network.cut(a, b);
    await network.until('all the others see it', () =>
      network.pages.slice(2).every((by) => seen(by, a, b) !== 'ok' && seen(by, b, a) !== 'ok'),
    );
    await heal(network, a, b);
    await network.until('all see that it is well again', () =>
      network.pages.every((by) => seen(by, a, b) === 'ok' && seen(by, b, a) === 'ok'),
    );
  });

  test('R40 twelve people tell each other a bounded number of times, and nothing while nothing changes', async () => {
    const { network, a, b } = await withoutServer(12);
    await network.pass(10_000);
    expect(network.traffic).toEqual([]);
    await breakAndHeal(network, a, b);
    await network.pass(5_000);
    // Each of the two tells ten others at each of some changes, at most twice a second.
    expect(network.traffic.length).toBeLessThan(250);
  });
});
