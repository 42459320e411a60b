import type { FileOffer } from '@confab/protocol';
import { expect, it, vi } from 'vitest';
import { toBase64url } from '../sealing/base64url.ts';
import {
  awaitReads,
  bytesOf,
  fileId,
  frames,
  id,
  listener,
  offered,
  two,
} from '../test/file-pair.ts';
import { encodeFrame } from './file-frames.ts';
import { MemoryStore } from './file-store.ts';

awaitReads();

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
  await say(0, stream.list, fileId(9));
  await say(0, stream.list);
  await say(0, stream.list);
  expect(heard.onFailed).not.toHaveBeenCalled();
  await say(32, bytesOf(11));
  expect(heard.onFailed).toHaveBeenCalledExactlyOnceWith('altered');
});
