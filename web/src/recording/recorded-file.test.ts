import {
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Input,
  WEBM,
} from 'mediabunny';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RecordedFile } from './recorded-file.ts';
import { faultOf } from './recorder-fault.ts';
import { fileOf, wholeName } from './recording-store.ts';
import { repairRecording } from './repair.ts';
import { SmallDisk } from './test/small-disk.ts';

const PART = '1795316880000.part';
const WHOLE = wholeName(PART);
const PICTURE_BYTES = 1_000;
const EVERY = 0.04;
const VIDEO = { decoderConfig: { codec: 'vp8', codedWidth: 1280, codedHeight: 720 } };
const AUDIO = { decoderConfig: { codec: 'opus', sampleRate: 48_000, numberOfChannels: 2 } };

let disk: SmallDisk;

beforeEach(() => {
  disk = new SmallDisk(100_000);
  vi.stubGlobal('navigator', { storage: disk.storage });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Records until the disk is full; answers with how many seconds were given to it, and what it was told. */
async function recordUntilFull(): Promise<{ seconds: number; error: unknown }> {
  const file = await RecordedFile.open(PART);
  const [pictures, sound] = [
    new EncodedVideoPacketSource('vp8'),
    new EncodedAudioPacketSource('opus'),
  ];
  file.output.addVideoTrack(pictures, { frameRate: 1 / EVERY });
  file.output.addAudioTrack(sound);
  await file.output.start();
  for (let at = 0; at < 60; at += EVERY) {
    const type = Math.round(at / EVERY) % 50 === 0 ? 'key' : 'delta';
    try {
      await pictures.add(packet(PICTURE_BYTES, type, at), VIDEO);
      await sound.add(packet(20, 'key', at), AUDIO);
    } catch (error) {
      file.abandon();
      return { seconds: at, error };
    }
  }
  throw new Error('The disk was never full.');
}

function packet(bytes: number, type: 'key' | 'delta', at: number): EncodedPacket {
  return new EncodedPacket(new Uint8Array(bytes), type, at, EVERY);
}

async function secondsOf(name: string): Promise<number> {
  const input = new Input({ source: new BlobSource(await fileOf(name)), formats: [WEBM] });
  return input.computeDuration();
}

it('says that the disk is full, and keeps what was written before', async () => {
  const { seconds, error } = await recordUntilFull();
  expect(faultOf(error)).toBe('full');
  expect(disk.names).toEqual([PART]);
  expect(await secondsOf(PART)).toBeGreaterThan(seconds - 2);
});

it('is made whole when there is room again', async () => {
  const { seconds } = await recordUntilFull();
  disk.bytes *= 3;
  await repairRecording(PART);
  expect(disk.names).toEqual([WHOLE]);
  expect(await secondsOf(WHOLE)).toBeGreaterThan(seconds - 2);
});

it('stays as it was where there is no room for a whole one beside it', async () => {
  await recordUntilFull();
  const before = await (await fileOf(PART)).arrayBuffer();
  const error: unknown = await repairRecording(PART).catch((reason: unknown) => reason);
  expect(faultOf(error)).toBe('full');
  expect(disk.names).toEqual([PART]);
  expect(await (await fileOf(PART)).arrayBuffer()).toEqual(before);
});
