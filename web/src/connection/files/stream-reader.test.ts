// @vitest-environment happy-dom
import { FILE_BLOCK_BYTES } from '@confab/protocol';
import { expect, it } from 'vitest';
import { bytesOf } from '../test/file-pair.ts';
import { FileStream, isSame } from './file-stream.ts';
import { StreamReader } from './stream-reader.ts';

/** More than is read without opening the file anew. */
const content = bytesOf(17 * FILE_BLOCK_BYTES + 12_345);

const streamOf = (file: Blob) => FileStream.of(file, () => undefined, new AbortController().signal);

it.each([0, 7, 700_000])('R85 reads a stream from %i on, block by block', async (begin) => {
  const stream = await streamOf(new Blob([content]));
  const whole = new Uint8Array(stream.length);
  whole.set(stream.list);
  whole.set(content, stream.list.length);
  const reader = new StreamReader(stream);
  let offset = begin;
  while (offset < stream.length) {
    const bytes = await reader.read(offset);
    expect(isSame(bytes, whole.subarray(offset, offset + bytes.length))).toBe(true);
    offset += bytes.length;
  }
  expect(offset).toBe(stream.length);
  reader.close();
});

it('reads into one memory for all blocks', async () => {
  const stream = await streamOf(new Blob([content]));
  const reader = new StreamReader(stream);
  const first = await reader.read(stream.list.length);
  await reader.read(stream.list.length + FILE_BLOCK_BYTES);
  expect(first).toHaveLength(0);
});

it('tears nothing that is being read when it is closed', async () => {
  const stream = await streamOf(new Blob([content]));
  const reader = new StreamReader(stream);
  const { length } = await reader.read(stream.list.length - 1);
  const read = reader.read(stream.list.length);
  reader.close();
  const wanted = content.subarray(0, FILE_BLOCK_BYTES);
  expect(length).toBe(1);
  expect(isSame(await read, wanted)).toBe(true);
});
