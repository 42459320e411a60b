import { FILE_BLOCK_BYTES } from '@confab/protocol';
import { expect, it, vi } from 'vitest';
import { awaitReads, bytesOf, frames, has, id, listener, offered, two } from '../test/file-pair.ts';
import { pairedChannels } from '../test/paired-channels.ts';
import { BlobReader } from './blob-reader.ts';
import { MemoryStore } from './file-store.ts';

awaitReads();

it.each([0, 1, FILE_BLOCK_BYTES, FILE_BLOCK_BYTES + 1, 3 * FILE_BLOCK_BYTES + 12_345])(
  'R85 R86 a file of %i bytes arrives as it was',
  async (length) => {
    const { alice, bob, talk } = two();
    const bytes = bytesOf(length);
    const { stream, offer } = await offered(bytes);
    const sending = vi.fn();
    alice.exchange.events.on('sending', sending);
    alice.exchange.offer(id, stream, null, ['bob']);
    const heard = listener();
    bob.exchange.receive('alice', id, offer, new MemoryStore(), heard);
    await talk();
    expect(await has(heard, bytes)).toBe(true);
    expect(heard.onFailed).not.toHaveBeenCalled();
    if (length === 0) return;
    expect(heard.onProgress).toHaveBeenLastCalledWith(length);
    const all = { id, participantId: 'bob', kept: stream.length, length: stream.length };
    expect(sending).toHaveBeenLastCalledWith(all);
  },
);

it('R88 after a cut the new connection brings only what is missing', async () => {
  const { alice, bob, connect, talk, channels } = two();
  const bytes = bytesOf(24 * FILE_BLOCK_BYTES);
  const { stream, offer } = await offered(bytes);
  alice.exchange.offer(id, stream, null, ['bob']);
  const heard = listener();
  bob.exchange.receive('alice', id, offer, new MemoryStore(), heard);
  await talk(() => heard.onProgress.mock.calls.length >= 3);
  expect(heard.onDone).not.toHaveBeenCalled();
  connect();
  const [want] = frames(channels()[1]);
  expect(want).toMatchObject({ type: 'want' });
  const from = want?.type === 'want' ? want.offset : 0;
  expect(from).toBeGreaterThanOrEqual(3 * FILE_BLOCK_BYTES);
  await talk();
  expect(await has(heard, bytes)).toBe(true);
  const again = frames(channels()[0]).filter((frame) => frame?.type === 'piece');
  expect(again[0]).toMatchObject({ offset: from });
});

it('R88 of what a page had in part that was loaded anew nothing is told any more, until it asks for the rest', async () => {
  const { alice, bob, talk } = two();
  const { stream, offer } = await offered(bytesOf(24 * FILE_BLOCK_BYTES));
  const told: string[] = [];
  alice.exchange.events.on('sending', ({ kept }) => told.push(kept > 0 ? 'goes on' : 'begins'));
  alice.exchange.events.on('cut', (cut) => {
    expect(cut).toEqual({ id, participantId: 'bob' });
    told.push('is cut');
  });
  alice.exchange.offer(id, stream, null, ['bob']);
  const heard = listener();
  bob.exchange.receive('alice', id, offer, new MemoryStore(), heard);
  await talk(() => heard.onProgress.mock.calls.length >= 3);
  expect(told).toContain('goes on');
  // Bob's new page knows nothing of it.
  alice.works(pairedChannels()[0]);
  await talk();
  expect(told.at(-1)).toBe('is cut');
});

it('R88 it asks again until the other end has opened the channel', async () => {
  const { alice, bob, clock, talk } = two();
  const { stream, offer } = await offered(bytesOf(10));
  const heard = listener();
  alice.now.channel = null;
  bob.exchange.receive('alice', id, offer, new MemoryStore(), heard);
  await talk();
  const [channel] = two().channels();
  expect(channel.sent).toHaveLength(0);
  expect(heard.onDone).not.toHaveBeenCalled();
  // Lost on a channel that nobody had opened; now somebody does.
  const { twin } = bob.now.channel ?? {};
  if (!twin) throw new Error('Bob has no channel.');
  alice.works(twin);
  alice.exchange.offer(id, stream, null, ['bob']);
  clock.advance(2_000);
  await talk();
  expect(await has(heard, bytesOf(10))).toBe(true);
});

it('R90 what is for one is gone for everybody else, as is what was taken back', async () => {
  const { alice, bob, talk } = two();
  const { stream, offer } = await offered(bytesOf(10));
  alice.exchange.offer(id, stream, 'carol', ['carol', 'bob']);
  const heard = listener();
  bob.exchange.receive('alice', id, offer, new MemoryStore(), heard);
  await talk();
  expect(heard.onFailed).toHaveBeenCalledExactlyOnceWith('gone');
  alice.exchange.offer(id, stream, null, ['bob']);
  alice.exchange.withdraw(id);
  const again = listener();
  bob.exchange.receive('alice', id, offer, new MemoryStore(), again);
  await talk();
  expect(again.onFailed).toHaveBeenCalledExactlyOnceWith('gone');
});

it('R90 an offer that is taken back in the middle ends for its receiver, and one that is cancelled for its sender', async () => {
  const { alice, bob, talk, channels } = two();
  const { stream, offer } = await offered(bytesOf(8 * FILE_BLOCK_BYTES));
  const stopped = vi.fn();
  alice.exchange.events.on('stopped', stopped);
  alice.exchange.offer(id, stream, null, ['bob']);
  const heard = listener();
  const store = new MemoryStore();
  const discard = vi.spyOn(store, 'discard');
  bob.exchange.receive('alice', id, offer, store, heard);
  await talk(() => heard.onProgress.mock.calls.length > 0);
  bob.exchange.decline('alice', id);
  await talk();
  expect(stopped).toHaveBeenCalledWith({ id, participantId: 'bob' });
  expect(discard).toHaveBeenCalledOnce();
  const before = channels()[0].sent.length;
  await talk();
  expect(channels()[0].sent.length).toBe(before);
  bob.exchange.receive('alice', id, offer, new MemoryStore(), heard);
  heard.onProgress.mockClear();
  await talk(() => heard.onProgress.mock.calls.length > 0);
  alice.exchange.withdraw(id);
  await talk();
  expect(heard.onFailed).toHaveBeenCalledExactlyOnceWith('gone');
});

it('a file that was changed is not sent any more', async () => {
  const { alice, bob, talk } = two();
  const { stream, offer } = await offered(bytesOf(10));
  vi.spyOn(BlobReader.prototype, 'read').mockRejectedValue(new Error('changed'));
  const unreadable = vi.fn();
  alice.exchange.events.on('unreadable', unreadable);
  alice.exchange.offer(id, stream, null, ['bob']);
  const heard = listener();
  bob.exchange.receive('alice', id, offer, new MemoryStore(), heard);
  await talk();
  expect(heard.onFailed).toHaveBeenCalledExactlyOnceWith('gone');
  expect(unreadable).toHaveBeenCalledWith({ id });
});
