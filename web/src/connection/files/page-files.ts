import { surfaceError } from '../surface-error.ts';
import { DiskStore, type FileStore, MOST_IN_MEMORY, MemoryStore } from './file-store.ts';

const FOLDER = 'confab-files-';
/** Smaller ones are kept in the page until they are saved; for larger ones that would be a second copy of much. */
const WORTH_CHOOSING = 33_554_432;

/** No place has room for the file: how many bytes there is room for. */
export class NoRoom extends Error {
  readonly room: number;

  constructor(room: number) {
    super('there is no room for the file');
    this.room = room;
  }
}

type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/**
 * Where this page keeps files that arrive: where whoever wants one chooses, in a folder of the page's own on the disk, or in memory. What
 * the page keeps is gone when the page is: at the end of the meeting, or when another page finds it left behind.
 */
export class PageFiles {
  #folder: Promise<FileSystemDirectoryHandle> | null = null;
  #letGo: () => void = () => undefined;
  #count = 0;

  /** Rejects with {@link NoRoom}, or with an AbortError where whoever was asked for a place closed the question. */
  async storeFor(name: string, size: number): Promise<FileStore> {
    const picker = (window as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;
    if (picker && size > WORTH_CHOOSING) {
      const chosen = await this.#chosen(() => picker.call(window, { suggestedName: name }));
      if (chosen) return chosen;
    }
    const own = await this.#own(size);
    if (own) return own;
    if (size > MOST_IN_MEMORY) throw new NoRoom(MOST_IN_MEMORY);
    return new MemoryStore();
  }

  /** Removes all that is kept in the page's own folder. */
  async close(): Promise<void> {
    const folder = this.#folder;
    this.#folder = null;
    try {
      const { name } = (await folder) ?? {};
      if (name !== undefined) await remove(name);
    } catch {
      // Whoever comes next finds it.
    }
    this.#letGo();
  }

  async #chosen(ask: () => Promise<FileSystemFileHandle>): Promise<FileStore | null> {
    try {
      return await DiskStore.open(await ask(), null);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      return null;
    }
  }

  /** Null where the browser gives a page no folder (a private window, an old browser). */
  async #own(size: number): Promise<FileStore | null> {
    if (!canWrite()) return null;
    try {
      this.#folder ??= this.#open();
      const folder = await this.#folder;
      const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
      if (size > quota - usage) throw new NoRoom(Math.max(0, quota - usage));
      this.#count += 1;
      const name = String(this.#count);
      const handle = await folder.getFileHandle(name, { create: true });
      return await DiskStore.open(handle, () => folder.removeEntry(name));
    } catch (error) {
      if (error instanceof NoRoom) throw error;
      return null;
    }
  }

  async #open(): Promise<FileSystemDirectoryHandle> {
    const root = await navigator.storage.getDirectory();
    const name = FOLDER + crypto.randomUUID();
    // As long as the page lives, others see that the folder is somebody's.
    await new Promise<void>((taken) => {
      navigator.locks
        .request(name, () => {
          taken();
          return new Promise<void>((letGo) => (this.#letGo = letGo));
        })
        .catch(surfaceError);
    });
    await removeLeftBehind(root);
    return root.getDirectoryHandle(name, { create: true });
  }
}

/** Not in every browser that has such folders. */
function canWrite(): boolean {
  return (
    'FileSystemFileHandle' in globalThis &&
    'createWritable' in globalThis.FileSystemFileHandle.prototype
  );
}

/** What pages have left that are gone: crashed, or closed before they could tidy up. */
async function removeLeftBehind(root: FileSystemDirectoryHandle): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  const living = new Set(held.map(({ name }) => name));
  for await (const name of root.keys())
    if (name.startsWith(FOLDER) && !living.has(name)) await remove(name).catch(() => undefined);
}

async function remove(name: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true });
}
