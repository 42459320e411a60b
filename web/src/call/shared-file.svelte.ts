import type { FileOffer } from '@confab/protocol';
import { SvelteMap } from 'svelte/reactivity';
import type { FileFailure } from '../connection/files/file-receiving.ts';
import type { ChatEntry } from './chat-entry.svelte.ts';

/** How a file stands on this page. */
export type FileStatus =
  /** Somebody's who may be asked for it, or one's own that others may have. */
  | { is: 'offered' }
  | { is: 'declined' }
  | { is: 'fetching' }
  /** It has arrived, and can be saved. */
  | { is: 'here'; file: Blob }
  /** It has arrived where its receiver wanted it. */
  | { is: 'saved' }
  | { is: 'failed'; failure: FileFailure }
  /** There is not so much room: how many bytes there are. */
  | { is: 'no-room'; room: number };

/** How one's own file fares at one of the others. */
export type Delivery = { share: number; isDeclined: boolean };

/** Every block that arrives would have the chat laid out anew, thirty times a second: what is shown moves in steps. */
const STEP_BYTES = 2_000_000;

/** A file of the chat as the screen shows it. */
export class SharedFile {
  readonly entry: ChatEntry;
  readonly offer: FileOffer;
  /** Of one's own, by participant: who has asked for it, or does not want it. */
  readonly deliveries = new SvelteMap<string, Delivery>();
  #status = $state.raw<FileStatus>({ is: 'offered' });
  #bytes = $state(0);
  #preview = $state<string | null>(null);

  constructor(entry: ChatEntry, offer: FileOffer) {
    this.entry = entry;
    this.offer = offer;
  }

  get status(): FileStatus {
    return this.#status;
  }

  /** From 0 to 1. */
  get share(): number {
    return this.offer.size === 0 ? 1 : this.#bytes / this.offer.size;
  }

  /** How many bytes have arrived. */
  get bytes(): number {
    return this.#bytes;
  }

  /** An address of a picture that can be drawn. */
  get preview(): string | null {
    return this.#preview;
  }

  become(status: FileStatus): void {
    this.#status = status;
  }

  arrived(bytes: number): void {
    const { size } = this.offer;
    const isStep = Math.abs(bytes - this.#bytes) >= Math.min(size / 100, STEP_BYTES);
    if (isStep || bytes === 0 || bytes === size) this.#bytes = bytes;
  }

  /** So much of one's own has arrived at somebody's. */
  delivered(participantId: string, share: number): void {
    const percent = Math.floor(share * 100);
    const known = this.deliveries.get(participantId);
    if (known && !known.isDeclined && Math.floor(known.share * 100) === percent) return;
    this.deliveries.set(participantId, { share, isDeclined: false });
  }

  /** Draws this picture from now on; null for none. */
  draw(picture: Blob | null): void {
    if (this.#preview !== null) URL.revokeObjectURL(this.#preview);
    this.#preview = picture && URL.createObjectURL(picture);
  }
}
