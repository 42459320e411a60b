import { FILE_BLOCK_BYTES, type FileOffer } from '@confab/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Emitter } from '../emitter.ts';
import type { MeetingEvents } from '../meeting-events.ts';
import { toBase64url } from '../sealing/base64url.ts';
import { ManualClock } from '../test/manual-clock.ts';
import { type FakeChannel, pairedChannels } from '../test/paired-channels.ts';
import { FileExchange } from './file-exchange.ts';
import { decodeFrame, encodeFrame } from './file-frames.ts';
import { MemoryStore } from './file-store.ts';
import { FileStream, isSame } from './file-stream.ts';

const id = toBase64url(new Uint8Array(16).fill(1));

function bytesOf(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 251);
}

/** Reads and digests that have begun and not ended: they take as long as they take. */
let underWay = 0;

async function counted<Result>(work: Promise<Result>): Promise<Result> {
  underWay += 1;
  try {
    return await work;
  } finally {
    underWay -= 1;
  }
}

beforeEach(() => {
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'digest').mockImplementation((...hashed) => counted(digest(...hashed)));
  // eslint-disable-next-line @typescript-eslint/unbound-method -- applied to the blob below
  const read = Blob.prototype.arrayBuffer;
  vi.spyOn(Blob.prototype, 'arrayBuffer').mockImplementation(function (this: Blob) {
    return counted(read.apply(this));
  });
});
afterEach(() => vi.restoreAllMocks());

/** Alice, who offers, and Bob, who wants, over links that a test makes and breaks. */
function two() {
  const clock = new ManualClock();
  const side = (other: string) => {
    const events = new Emitter<MeetingEvents>();
    const now: { channel: FakeChannel | null } = { channel: null };
    const dataChannel = vi.fn(() => now.channel as unknown as RTCDataChannel | null);
    const exchange = new FileExchange({ events, dataChannel }, clock);
    const works = (channel: FakeChannel) => {
      now.channel = channel;
      events.emit('link', { participantId: other, standing: 'ok', tracks: {} });
    };
    return { exchange, works, now };
  };
  const [alice, bob] = [side('bob'), side('alice')];
  let channels: [FakeChannel, FakeChannel] | [] = [];
  const connect = () => {
    channels = pairedChannels();
    alice.works(channels[0]);
    bob.works(channels[1]);
    for (const channel of channels) channel.open();
  };
  /** Lets the two talk until they have nothing more to say, or `enough` does not want more. */
  const talk = async (enough: () => boolean = () => false) => {
    for (let idle = 0; idle < 20 && !enough(); idle++) {
      if (channels.map((channel) => channel.deliver()).some(Boolean) || underWay > 0) idle = 0;
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  connect();
  return {
    alice,
    bob,
    clock,
    connect,
    talk,
    channels: () => channels as [FakeChannel, FakeChannel],
  };
}

async function offered(bytes: Uint8Array<ArrayBuffer>) {
  const stream = await FileStream.of(
    new Blob([bytes]),
    () => undefined,
    new AbortController().signal,
  );
  const digest = toBase64url(await stream.digest());
  const offer: FileOffer = { name: 'a', size: bytes.length, digest };
  return { stream, offer };
}

function listener() {
  return { onProgress: vi.fn(), onDone: vi.fn(), onFailed: vi.fn() };
}

/** Whether exactly these bytes have come. */
async function has(heard: ReturnType<typeof listener>, bytes: Uint8Array<ArrayBuffer>) {
  const [[done] = []] = heard.onDone.mock.calls as [{ file: Blob }][];
  return done !== undefined && isSame(new Uint8Array(await done.file.arrayBuffer()), bytes);
}

const frames = (channel: FakeChannel) => channel.sent.map((data) => decodeFrame(data));

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

it('R87 several files take turns', async () => {
  const { alice, bob, talk, channels } = two();
  const { stream, offer } = await offered(bytesOf(2 * FILE_BLOCK_BYTES));
  const other = toBase64url(new Uint8Array(16).fill(2));
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

/** A store of somebody's whose disk puts a block away only when it is told to. */
function slowStore() {
  const store = new MemoryStore();
  let write: () => void = () => undefined;
  return {
    putsAway: () => write(),
    write: async (block: Uint8Array<ArrayBuffer>) => {
      await new Promise<void>((resolve) => (write = resolve));
      await store.write(block);
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
    id: toBase64url(new Uint8Array(16).fill(100 + index)),
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
  const changed = new FileStream(new Blob([bytesOf(4)]), stream.list);
  vi.spyOn(changed, 'length', 'get').mockReturnValue(stream.length);
  vi.spyOn(changed, 'read').mockRejectedValue(new Error('changed'));
  const unreadable = vi.fn();
  alice.exchange.events.on('unreadable', unreadable);
  alice.exchange.offer(id, changed, null, ['bob']);
  const heard = listener();
  bob.exchange.receive('alice', id, offer, new MemoryStore(), heard);
  await talk();
  expect(heard.onFailed).toHaveBeenCalledExactlyOnceWith('gone');
  expect(unreadable).toHaveBeenCalledWith({ id });
});

/** Bob wants a file of somebody who keeps to nothing. */
async function attacked(offer: Partial<FileOffer> & { size: number }) {
  const { bob, talk, channels } = two();
  const [evil] = channels();
  const heard = listener();
  const whole = { name: 'a', digest: toBase64url(new Uint8Array(32)), ...offer };
  const store = new MemoryStore();
  const write = vi.spyOn(store, 'write');
  bob.exchange.receive('alice', id, whole, store, heard);
  await talk();
  const say = async (offset: number, bytes: Uint8Array<ArrayBuffer>, named = id) => {
    evil.send(encodeFrame({ type: 'piece', id: named, offset, bytes }));
    await talk();
  };
  return { say, heard, write, sent: () => frames(channels()[1]) };
}

it('R89 a list that is not the offered one ends it', async () => {
  const { say, heard, write, sent } = await attacked({ size: 10 });
  await say(0, new Uint8Array(32));
  await say(32, new Uint8Array(10));
  expect(heard.onFailed).toHaveBeenCalledExactlyOnceWith('altered');
  expect(write).not.toHaveBeenCalled();
  expect(sent().at(-1)).toEqual({ type: 'stop', id });
});

it('R89 a block that is not the listed one is not put away', async () => {
  const { stream, offer } = await offered(bytesOf(10));
  const { say, heard, write } = await attacked(offer);
  await say(0, stream.list);
  await say(32, bytesOf(10).reverse());
  expect(heard.onFailed).toHaveBeenCalledExactlyOnceWith('altered');
  expect(write).not.toHaveBeenCalled();
});

it('R89 what goes beyond the end ends it; what was not asked for, or is not next, is passed over', async () => {
  const { stream, offer } = await offered(bytesOf(10));
  const { say, heard } = await attacked(offer);
  await say(32, bytesOf(10));
  await say(0, stream.list, toBase64url(new Uint8Array(16).fill(9)));
  await say(0, stream.list);
  await say(0, stream.list);
  expect(heard.onFailed).not.toHaveBeenCalled();
  await say(32, bytesOf(11));
  expect(heard.onFailed).toHaveBeenCalledExactlyOnceWith('altered');
});
