import { markKeptRecordings } from '../call/kept-recordings-mark.ts';
import { isHeld, untilFree } from './hold-recording.ts';
import { isStorageKept } from './keep-storage.ts';
import { deleteRecording, fileOf, keptRecordings, wholeName } from './recording-store.ts';
import type { KeptRecording } from './recording-store.ts';
import { repairInWorker } from './repair-in-worker.ts';

/** A recording in this browser; `isBusy` while it is made, here or in another tab. */
export type ListedRecording = KeptRecording & { isBusy: boolean };

/** The recordings in this browser, as the screen shows them. */
export class KeptRecordings {
  #list = $state.raw<ListedRecording[]>([]);
  #mayGo = $state(false);
  #isClosed = false;

  /** Latest first. */
  get list(): ListedRecording[] {
    return this.#list;
  }

  /** Whether the browser may delete them when the device runs out of room. */
  get mayGo(): boolean {
    return this.#mayGo;
  }

  /** Looks what there is; and again whenever one that is being made is whole. */
  async look(): Promise<void> {
    const kept = await keptRecordings();
    const list = await Promise.all(
      kept.map(async (one) => ({ ...one, isBusy: one.isPart && (await isHeld(one.name)) })),
    );
    const mayGo = !(await isStorageKept());
    if (this.#isClosed) return;
    this.#list = list;
    this.#mayGo = mayGo;
    markKeptRecordings(list.length > 0);
    const busy = list.find(({ isBusy }) => isBusy);
    if (busy)
      untilFree(busy.name).then(
        () => this.look(),
        () => undefined,
      );
  }

  /** The whole file, made whole before where its page did not get to it; without room for that, what there is. Rejects where nothing in it can be read. */
  async fileOf({ name, isPart }: KeptRecording): Promise<File> {
    const fault = isPart ? await repairInWorker(name) : null;
    await this.look();
    if (fault === 'encoder') throw new Error('Nothing in it can be read.');
    // Players open it also as it was left; they only do not know its length.
    return fileOf(fault ? name : wholeName(name));
  }

  async delete({ name }: KeptRecording): Promise<void> {
    await deleteRecording(name);
    await this.look();
  }

  close(): void {
    this.#isClosed = true;
  }
}
