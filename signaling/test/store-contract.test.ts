import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { StoreFault } from '../src/meetings/meeting-store.ts';
import { Disk } from '../src/store/disk.ts';
import { GroupedStore } from '../src/store/grouped-store.ts';
import type { Medium } from '../src/store/medium.ts';
import { Memory } from '../src/store/memory.ts';
import { RedisLink } from '../src/nodes/redis-link.ts';
import { RedisMedium } from '../src/store/redis-medium.ts';
import { RedisServer } from './redis-server.ts';
import { FaultyMedium } from './faulty-medium.ts';

/** Each opens what was written before by the same. */
const media: Record<string, () => (() => Promise<Medium>) | Promise<() => Promise<Medium>>> = {
  memory() {
    const memory = new Memory();
    return () => Promise.resolve(memory);
  },
  disk() {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'confab-store-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    return () => Disk.open(dataDir);
  },
  async Redis() {
    const { url } = await RedisServer.start({ password: 'of-the-test' });
    return async () => {
      const link = await RedisLink.open(url);
      onTestFinished(() => link.close());
      return mediumOf(link);
    };
  },
};

function mediumOf(link: RedisLink, onLost: (meetingId: string) => void = () => undefined) {
  const node = randomBytes(8).toString('hex');
  return new RedisMedium({ link, node, isUp: () => true, onLost });
}

describe.each(Object.entries(media))('a store on %s', (_name, makeMedium) => {
  /** A store, the faulty medium under it, and a way to open it anew. */
  async function opened() {
    const medium = await makeMedium();
    const written: number[] = [];
    const told: string[] = [];
    async function open() {
      const faulty = new FaultyMedium(await medium());
      const store = new GroupedStore(faulty, {
        onWritten: (records) => written.push(records),
        onFailing: () => told.push('failing'),
        onRecovered: () => told.push('recovered'),
      });
      onTestFinished(() => store.close());
      return { store, faulty };
    }
    const first = await open();
    async function reopened() {
      await first.store.close();
      return open();
    }
    return { ...first, written, told, reopened };
  }

  async function contents(store: GroupedStore) {
    const all: (readonly [string, unknown])[] = [];
    for await (const entry of store.read()) all.push(entry);
    return all;
  }

  test('R41 what is settled is there afterwards, in the order of keys', async () => {
    const { store, reopened } = await opened();
    for (const key of ['b/2', 'a/1', 'b/10', 'ä/1', 'b/1']) store.keep(key, () => ({ key }));
    await store.settled();
    const keys = (await contents((await reopened()).store)).map(([key]) => key);
    expect(keys).toEqual(['a/1', 'b/1', 'b/10', 'b/2', 'ä/1']);
  });

  test('a value is what it is when it is written, and nothing takes the key away', async () => {
    const { store, reopened } = await opened();
    let count = 1;
    store.keep('a/1', () => ({ count }));
    store.keep('a/2', () => ({ count }));
    count = 2;
    await store.settled();
    store.keep('a/2', () => undefined);
    await store.settled();
    expect(await contents((await reopened()).store)).toEqual([['a/1', { count: 2 }]]);
  });

  test('what changes while a write runs goes into one further write', async () => {
    const { store, faulty, written } = await opened();
    const release = faulty.hold();
    store.keep('a/0', () => ({}));
    await faulty.reached();
    const settled = Array.from({ length: 1_000 }, (_, index) => {
      store.keep(`a/${index}`, () => ({ index }));
      return store.settled();
    });
    release();
    await Promise.all(settled);
    expect(written).toEqual([1, 1_000]);
  });

  test('whatever moment something is kept at, it is written', async () => {
    const { store } = await opened();
    for (let pause = 0; pause < 12; pause++) {
      store.keep('a/1', () => ({ pause }));
      await store.settled();
      for (let step = 0; step < pause; step++) await Promise.resolve();
      store.keep('a/2', () => ({ pause }));
      await store.settled();
    }
  });

  test('after its end nothing is written any more', async () => {
    const { store, faulty } = await opened();
    store.keepLazily('a/1', () => ({}));
    await store.close();
    const { tries } = faulty;
    store.keep('a/2', () => ({}));
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(faulty.tries).toBe(tries);
  });

  test('R41 nothing is settled before the write that covers it has ended', async () => {
    const { store, faulty } = await opened();
    const release = faulty.hold();
    const order: string[] = [];
    store.keep('a/1', () => ({}));
    const settled = store.settled().then(() => order.push('settled'));
    await faulty.reached();
    order.push('written');
    release();
    await settled;
    expect(order).toEqual(['written', 'settled']);
  });

  test('what is kept lazily is waited for by nobody, and written before long, or at the end', async () => {
    const { store, written, reopened } = await opened();
    store.keepLazily('a/1', () => ({}));
    await store.settled();
    expect(written).toEqual([]);
    await expect.poll(() => written, { timeout: 20_000 }).toEqual([1]);
    store.keepLazily('a/2', () => ({}));
    expect(await contents((await reopened()).store)).toHaveLength(2);
  });

  test('a write that fails is told to everybody who waits, and nothing is promised until one works', async () => {
    const { store, faulty, told, reopened } = await opened();
    store.keep('a/1', () => ({ is: 'old' }));
    await store.settled();
    faulty.breakDown();
    let value = 'new';
    store.keep('a/1', () => ({ is: value }));
    const first = store.settled();
    await expect(first).rejects.toThrow(StoreFault);
    expect(store.isFailing).toBe(true);
    store.keep('a/2', () => ({ is: value }));
    await expect(store.settled()).rejects.toThrow(StoreFault);
    value = 'rolled back';
    faulty.repair();
    await expect.poll(() => told, { timeout: 20_000 }).toEqual(['failing', 'recovered']);
    expect(store.isFailing).toBe(false);
    expect(await contents((await reopened()).store)).toEqual([
      ['a/1', { is: 'rolled back' }],
      ['a/2', { is: 'rolled back' }],
    ]);
  });

  test('while writing fails it is tried again and again', async () => {
    const { store, faulty, told } = await opened();
    faulty.breakDown();
    store.keep('a/1', () => ({}));
    await expect(store.settled()).rejects.toThrow(StoreFault);
    await expect.poll(() => faulty.tries, { timeout: 20_000 }).toBeGreaterThan(2);
    expect(told).toEqual(['failing']);
    faulty.repair();
    await expect.poll(() => store.isFailing, { timeout: 20_000 }).toBe(false);
    store.keep('a/2', () => ({}));
    await store.settled();
  });
});
