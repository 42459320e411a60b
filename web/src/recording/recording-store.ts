/** Recordings lie in this browser's own file system (OPFS) under when they began, in milliseconds since 1970: `1795316880000.webm`, or `.part` until they are whole. */
const FOLDER = 'recordings';
const PART = '.part';
const WHOLE = '.webm';

/** What the types for pages do not know of files in OPFS. */
export type OwnFile = FileSystemFileHandle & {
  createSyncAccessHandle(): Promise<SyncFile>;
  move(name: string): Promise<void>;
};

/** File System Standard §2.7; in workers alone. */
export type SyncFile = {
  write(data: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
};

/** A recording in this browser. `isPart`: the page that made it did not get to finish it. */
export type KeptRecording = { name: string; beganAt: number; bytes: number; isPart: boolean };

/** Throws where the browser keeps no files, as in some private windows. */
async function folder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}

/** The name of a recording that begins now. */
export function newName(beganAt: number): string {
  return `${beganAt}${PART}`;
}

/** Makes the file where there is none. */
export async function openFile(name: string): Promise<OwnFile> {
  return (await (await folder()).getFileHandle(name, { create: true })) as OwnFile;
}

/** The file is whole: it has its right name from here on. */
export async function markWhole(name: string): Promise<void> {
  await (await openFile(name)).move(wholeName(name));
}

export function wholeName(name: string): string {
  return name.replace(PART, WHOLE);
}

/** All recordings in this browser, latest first, those that are being made included. */
export async function keptRecordings(): Promise<KeptRecording[]> {
  const kept: KeptRecording[] = [];
  for await (const [name, handle] of await folder()) {
    const beganAt = Number.parseInt(name);
    const isPart = name.endsWith(PART);
    if (!(handle instanceof FileSystemFileHandle) || !(beganAt > 0)) continue;
    if (!isPart && !name.endsWith(WHOLE)) continue;
    // Another tab may have deleted it just now, or given it its right name.
    const file = await handle.getFile().catch(() => null);
    if (file) kept.push({ name, beganAt, bytes: file.size, isPart });
  }
  return kept.sort((one, other) => other.beganAt - one.beganAt);
}

export async function fileOf(name: string): Promise<File> {
  return (await openFile(name)).getFile();
}

export async function deleteRecording(name: string): Promise<void> {
  await (await folder()).removeEntry(name);
}
