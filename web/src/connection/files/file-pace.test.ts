import { FILE_BLOCK_BYTES } from '@confab/protocol';
import { expect, it } from 'vitest';
import type { FakeChannel } from '../test/paired-channels.ts';
import {
  awaitReads,
  bytesOf,
  fileId,
  frames,
  has,
  id,
  listener,
  offered,
  two,
} from '../test/file-pair.ts';
import { MemoryStore } from './file-store.ts';

awaitReads();

/** A store of somebody's whose disk puts a block away only when it is told to. */
function slowStore() {
  const store = new MemoryStore();
  let write: () => void = () => undefined;
  return {
    putsAway: () => write(),
    write: async (block: Uint8Array<ArrayBuffer>) => {
      await new Promise<void>((resolve) => (write = resolve));
      return store.write(block);
    },
    finish: () => store.finish(),
    discard: () => store.discard(),
  };
}

/** How much of each file has been sent, by its id. */
function sentOn(channel: FakeChannel): Map<string, number> {
  const sent = new Map<string, number>();
  for (const frame of frames(channel))
    if (frame?.type === 'piece') sent.set(frame.id, (sent.get(frame.id) ?? 0) + frame.bytes.length);
  return sent;
}

it('R87 several files take turns', async () => {
  const { alice, bob, talk, channels } = two();
  const { stream, offer } = await offered(bytesOf(2 * FILE_BLOCK_BYTES));
  const other = fileId(2);
  alice.exchange.offer(id, stream, null, ['bob']);
  alice.exchange.offer(other, stream, null, ['bob']);
  const [first, second] = [listener(), listener()];
  bob.exchange.receive('alice', id, offer, new MemoryStore(), first);
  bob.exchange.receive('alice', other, offer, new MemoryStore(), second);
  await talk();
  for (const heard of [first, second])
    expect(await has(heard, bytesOf(2 * FILE_BLOCK_BYTES))).toBe(true);
  const order = frames(channels()[0]).flatMap((frame) =>
    frame?.type === 'piece' ? [frame.id] : [],
  );
  const turns = order.filter((one, index) => one !== order[index - 1]).length;
  expect(turns).toBeGreaterThan(10);
});

it('R87 what comes fast is answered four pieces at a time, and what comes alone soon', async () => {
  const { alice, bob, clock, talk, channels } = two();
  const { stream, offer } = await offered(bytesOf(4 * FILE_BLOCK_BYTES));
  alice.exchange.offer(id, stream, null, ['bob']);
  bob.exchange.receive('alice', id, offer, new MemoryStore(), listener());
  await talk();
  const [pieces, answers] = (['piece', 'got'] as const).map(
    (type, side) =>
      frames(channels()[side as 0 | 1]).filter((frame) => frame?.type === type).length,
  );
  expect(pieces).toBe(65);
  expect(answers).toBeGreaterThanOrEqual(16);
  expect(answers).toBeLessThan(32);

  const other = fileId(2);
  const small = await offered(bytesOf(100));
  alice.exchange.offer(other, small.stream, null, ['bob']);
  const slow = slowStore();
  bob.exchange.receive('alice', other, small.offer, slow, listener());
  const answered = () =>
    frames(channels()[1]).some((frame) => frame?.type === 'got' && frame.id === other);
  await talk(() =>
    frames(channels()[0]).some((frame) => frame?.type === 'piece' && frame.id === other),
  );
  for (const channel of channels()) channel.deliver();
  expect(answered()).toBe(false);
  clock.advance(10);
  expect(answered()).toBe(true);
});

it('R87 a slow disk holds the sender up', async () => {
  const { alice, bob, talk, channels } = two();
  const { stream, offer } = await offered(bytesOf(24 * FILE_BLOCK_BYTES));
  alice.exchange.offer(id, stream, null, ['bob']);
  const slow = slowStore();
  const heard = listener();
  bob.exchange.receive('alice', id, offer, slow, heard);
  await talk();
  const sent = sentOn(channels()[0]).get(id);
  expect(sent).toBeGreaterThan(4_000_000);
  expect(sent).toBeLessThan(4_194_304 + 32_768);
  for (let block = 0; block < 24; block++) {
    slow.putsAway();
    await talk();
  }
  expect(heard.onDone).toHaveBeenCalledOnce();
});

it('R87 many files at once wait for a slow disk with no more than one does, and all arrive', async () => {
  const { alice, bob, talk, channels } = two();
  const bytes = bytesOf(3 * FILE_BLOCK_BYTES);
  const { stream, offer } = await offered(bytes);
  const files = Array.from({ length: 10 }, (_, index) => ({
    id: fileId(100 + index),
    slow: slowStore(),
    heard: listener(),
  }));
  for (const file of files) {
    alice.exchange.offer(file.id, stream, null, ['bob']);
    bob.exchange.receive('alice', file.id, offer, file.slow, file.heard);
  }
  await talk();
  const sent = [...sentOn(channels()[0]).values()];
  expect(sent).toHaveLength(8);
  expect(sent.reduce((sum, one) => sum + one, 0)).toBeLessThan(4_194_304 + 8 * 32_768);
  // Given up: what waited takes its place.
  const [first, ...others] = files;
  bob.exchange.decline('alice', first?.id ?? '');
  for (let block = 0; block < 6; block++) {
    for (const { slow } of others) slow.putsAway();
    await talk();
  }
  for (const { heard } of others) expect(await has(heard, bytes)).toBe(true);
});

it('R87 a file whose turn came without a word goes on when it is asked for again', async () => {
  const { alice, bob, clock, talk } = two();
  const bytes = bytesOf(3 * FILE_BLOCK_BYTES);
  const { stream, offer } = await offered(bytes);
  const eight = Array.from({ length: 8 }, (_, index) => fileId(100 + index));
  for (const one of [...eight, id]) alice.exchange.offer(one, stream, null, ['bob']);
  for (const one of eight) bob.exchange.receive('alice', one, offer, slowStore(), listener());
  await talk();
  const heard = listener();
  bob.exchange.receive('alice', id, offer, new MemoryStore(), heard);
  await talk();
  for (const one of eight) bob.exchange.decline('alice', one);
  await talk();
  clock.advance(2_000);
  await talk();
  expect(await has(heard, bytes)).toBe(true);
});

it('R87 small files do not wait for long ones to end, and a long one goes on when another is given up', async () => {
  const { alice, bob, talk, channels } = two();
  const long = await offered(bytesOf(8 * FILE_BLOCK_BYTES));
  const picture = await offered(bytesOf(2 * FILE_BLOCK_BYTES));
  const eight = Array.from({ length: 8 }, (_, index) => fileId(100 + index));
  for (const one of eight) alice.exchange.offer(one, long.stream, null, ['bob']);
  for (const one of eight) bob.exchange.receive('alice', one, long.offer, slowStore(), listener());
  await talk();
  alice.exchange.offer(id, picture.stream, null, ['bob']);
  const heard = listener();
  bob.exchange.receive('alice', id, picture.offer, new MemoryStore(), heard);
  await talk();
  expect(await has(heard, bytesOf(2 * FILE_BLOCK_BYTES))).toBe(true);
  const waiting = () => {
    const sent = sentOn(channels()[0]);
    return eight.filter((one) => !sent.has(one));
  };
  expect(waiting()).toHaveLength(2);
  for (const one of eight.slice(0, 2)) bob.exchange.decline('alice', one);
  await talk();
  expect(waiting()).toHaveLength(0);
  const unkept = [...sentOn(channels()[0]).entries()].filter(([one]) =>
    eight.slice(2).includes(one),
  );
  expect(unkept.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(4_194_304 + 6 * 32_768);
});

it('what is put away leaves its memory to what comes next', async () => {
  const { alice, bob, talk } = two();
  const bytes = bytesOf(22 * FILE_BLOCK_BYTES);
  const { stream, offer } = await offered(bytes);
  alice.exchange.offer(id, stream, null, ['bob']);
  const memories = new Set<ArrayBuffer>();
  const store = new MemoryStore();
  const copying = {
    write: async (block: Uint8Array<ArrayBuffer>) => {
      memories.add(block.buffer);
      await store.write(block.slice());
      return block.buffer;
    },
    finish: () => store.finish(),
    discard: () => store.discard(),
  };
  const heard = listener();
  bob.exchange.receive('alice', id, offer, copying, heard);
  await talk();
  expect(await has(heard, bytes)).toBe(true);
  expect(memories.size).toBeLessThan(20);
});
