// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MemoryStore } from './file-store.ts';
import { NoRoom, PageFiles } from './page-files.ts';

/** A folder in memory, as far as a page uses one. */
class Folder {
  readonly entries = new Map<string, Folder | FakeFile>();
  readonly name: string;
  constructor(name = '') {
    this.name = name;
  }
  getDirectoryHandle(name: string) {
    const folder = this.entries.get(name) ?? new Folder(name);
    this.entries.set(name, folder);
    return Promise.resolve(folder);
  }
  getFileHandle(name: string) {
    const file = new FakeFile();
    this.entries.set(name, file);
    return Promise.resolve(file);
  }
  removeEntry(name: string) {
    this.entries.delete(name);
    return Promise.resolve();
  }
  async *keys() {
    yield* await Promise.resolve([...this.entries.keys()]);
  }
}

class FakeFile {
  content: Blob | null = null;
  createWritable() {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    return Promise.resolve({
      // A disk keeps nothing of the page's.
      write: (part: Uint8Array<ArrayBuffer>) => Promise.resolve(parts.push(part.slice())),
      close: () => Promise.resolve((this.content = new Blob(parts))),
      abort: () => Promise.resolve(),
    });
  }
  getFile() {
    return Promise.resolve(this.content);
  }
}

let root: Folder;
let held: string[];
const room = { quota: 1_000, usage: 100 };

beforeEach(() => {
  root = new Folder();
  held = [];
  vi.stubGlobal('FileSystemFileHandle', FakeFile);
  vi.stubGlobal('navigator', {
    storage: {
      getDirectory: () => Promise.resolve(root),
      estimate: () => Promise.resolve(room),
    },
    locks: {
      request: async (name: string, act: () => Promise<void>) => {
        held.push(name);
        await act();
        held = held.filter((one) => one !== name);
      },
      query: () => Promise.resolve({ held: held.map((name) => ({ name })) }),
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const block = () => Uint8Array.of(1, 2, 3);

it('what arrives lies in a folder of the page, and is gone with it', async () => {
  const files = new PageFiles();
  const store = await files.storeFor('a.txt', 6);
  await store.write(block());
  await store.write(block());
  const { file } = await store.finish();
  expect(file?.size).toBe(6);
  const other = await files.storeFor('b.txt', 6);
  await other.discard();
  const [[, folder] = []] = [...root.entries];
  expect((folder as Folder).entries.size).toBe(1);
  await files.close();
  expect(root.entries.size).toBe(0);
  expect(held).toEqual([]);
});

it('what another page has left behind is removed, and what a living one keeps is not', async () => {
  const living = new PageFiles();
  await living.storeFor('a.txt', 1);
  await root.getDirectoryHandle('confab-files-of-somebody-gone');
  await root.getDirectoryHandle('something-else');
  await new PageFiles().storeFor('b.txt', 1);
  expect([...root.entries.keys()]).not.toContain('confab-files-of-somebody-gone');
  expect(root.entries.size).toBe(3);
});

it('a file for which there is no room is not begun', async () => {
  const files = new PageFiles();
  await expect(files.storeFor('a.txt', 901)).rejects.toThrow(NoRoom);
  await expect(files.storeFor('a.txt', 901)).rejects.toMatchObject({ room: 900 });
});

it('in a private window memory has to do, up to a limit', async () => {
  vi.spyOn(navigator.storage, 'getDirectory').mockRejectedValue(
    new DOMException('', 'SecurityError'),
  );
  const files = new PageFiles();
  expect(await files.storeFor('a.txt', 1)).toBeInstanceOf(MemoryStore);
  await expect(files.storeFor('a.txt', 268_435_457)).rejects.toMatchObject({ room: 268_435_456 });
});

it('for a large file one is asked for a place, and may close the question', async () => {
  const chosen = new FakeFile();
  const picker = vi.fn(() => Promise.resolve(chosen));
  vi.stubGlobal('showSaveFilePicker', picker);
  const files = new PageFiles();
  await files.storeFor('small.txt', 500);
  expect(picker).not.toHaveBeenCalled();
  const store = await files.storeFor('large.bin', 40_000_000);
  expect(picker).toHaveBeenCalledExactlyOnceWith({ suggestedName: 'large.bin' });
  await store.write(block());
  expect(await store.finish()).toEqual({ file: null });
  expect(chosen.content?.size).toBe(3);
  picker.mockRejectedValue(new DOMException('', 'AbortError'));
  await expect(files.storeFor('large.bin', 40_000_000)).rejects.toThrow(DOMException);
});
