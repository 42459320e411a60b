import type { FileOffer } from '@confab/protocol';
import { afterEach, beforeEach, vi } from 'vitest';
import { Emitter } from '../emitter.ts';
import { BlobReader } from '../files/blob-reader.ts';
import { FileExchange } from '../files/file-exchange.ts';
import { decodeFrame } from '../files/file-frames.ts';
import { FileStream, isSame } from '../files/file-stream.ts';
import type { MeetingEvents } from '../meeting-events.ts';
import { toBase64url } from '../sealing/base64url.ts';
import { ManualClock } from './manual-clock.ts';
import { type FakeChannel, pairedChannels } from './paired-channels.ts';

/** A file's id, another one for each number below 256. */
export const fileId = (number: number) => toBase64url(new Uint8Array(16).fill(number));
export const id = fileId(1);

/** So many bytes that are not all the same. */
export function bytesOf(length: number): Uint8Array<ArrayBuffer> {
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

/** For every test of a file: knows what {@link two} wait for. */
export function awaitReads(): void {
  beforeEach(() => {
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'digest').mockImplementation((...hashed) => counted(digest(...hashed)));
    // eslint-disable-next-line @typescript-eslint/unbound-method -- applied to the reader below
    const read = BlobReader.prototype.read;
    vi.spyOn(BlobReader.prototype, 'read').mockImplementation(function (
      this: BlobReader,
      ...asked
    ) {
      return counted(read.apply(this, asked));
    });
  });
  afterEach(() => vi.restoreAllMocks());
}

/** Alice, who offers, and Bob, who wants, over links that a test makes and breaks. */
export function two() {
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
      // Whoever receives waits so long for more before answering.
      else clock.advance(10);
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

/** A file of these bytes, and its offer. */
export async function offered(bytes: Uint8Array<ArrayBuffer>) {
  const stream = await FileStream.of(
    new Blob([bytes]),
    () => undefined,
    new AbortController().signal,
  );
  const digest = toBase64url(await stream.digest());
  const offer: FileOffer = { name: 'a', size: bytes.length, digest };
  return { stream, offer };
}

/** Hears how a file comes. */
export function listener() {
  return { onProgress: vi.fn(), onDone: vi.fn(), onFailed: vi.fn() };
}

/** Whether exactly these bytes have come. */
export async function has(heard: ReturnType<typeof listener>, bytes: Uint8Array<ArrayBuffer>) {
  const [[done] = []] = heard.onDone.mock.calls as [{ file: Blob }][];
  return done !== undefined && isSame(new Uint8Array(await done.file.arrayBuffer()), bytes);
}

/** What was sent on a channel. */
export const frames = (channel: FakeChannel) => channel.sent.map((data) => decodeFrame(data));
