import { expect, it, vi } from 'vitest';
import { BlobReader } from './blob-reader.ts';

const content = Uint8Array.from({ length: 2_000 }, (_, index) => index % 251);

/** As browsers' blobs do it: into its reader's memory, as much at a time as is at hand. */
function byteStream(): ReadableStream {
  let at = 0;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const { byobRequest } = controller;
      const lent = byobRequest?.view;
      if (!byobRequest || !lent) throw new Error('Nobody lends memory.');
      const some = content.subarray(at, at + Math.min(lent.byteLength, 700));
      at += some.length;
      if (some.length === 0) controller.close();
      new Uint8Array(lent.buffer, lent.byteOffset).set(some);
      byobRequest.respond(some.length);
    },
  });
}

/** One that gives its bytes into its reader's memory, and one that does not. */
const blobs = {
  byteBlob: () => Object.assign(new Blob([content]), { stream: byteStream }),
  plainBlob: () => Object.assign(new Blob([content]), { stream: () => new ReadableStream() }),
};

it.each(Object.entries(blobs))('reads one part after the other of a %s', async (_, make) => {
  const reader = new BlobReader(make());
  const first = await reader.read(new ArrayBuffer(1_500), 1_500);
  expect(first).toEqual(content.subarray(0, 1_500));
  const second = await reader.read(new ArrayBuffer(1_500), 500);
  expect(second).toEqual(content.subarray(1_500));
  await expect(reader.read(new ArrayBuffer(10), 10)).rejects.toThrow('shorter');
  reader.close();
});

it('reads into the memory that it was lent, and the browser makes none', async () => {
  const blob = blobs.byteBlob();
  const made = vi.spyOn(blob, 'arrayBuffer');
  const lent = new ArrayBuffer(1_000);
  const bytes = await new BlobReader(blob).read(lent, 1_000);
  expect(bytes.buffer.byteLength).toBe(1_000);
  expect(lent.byteLength).toBe(0);
  expect(made).not.toHaveBeenCalled();
});
