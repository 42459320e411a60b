import type { FileOffer } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { FileFrame } from './file-frames.ts';
import { type FileFailure, FileReceiving } from './file-receiving.ts';
import { FileSending, type FileSendingOptions } from './file-sending.ts';
import type { FileStore, KeptFile } from './file-store.ts';
import { FilesChannel } from './files-channel.ts';

export type FileLinkOptions = Omit<FileSendingOptions, 'channel'> & {
  clock: Clock;
  /** The `files` channel of the connection that works now, which is made when it is first asked for; null while none works. */
  openChannel: () => RTCDataChannel | null;
  /** Its connection is another one now: the other end has not asked for the rest of it yet, and may have been loaded anew. */
  onCut: (id: string) => void;
};

/** What becomes of a file that is on its way here. */
export type ReceivingListener = {
  /** Bytes that are checked and put away. */
  onProgress(bytes: number): void;
  onDone(file: KeptFile): void;
  onFailed(failure: FileFailure): void;
};

/** Files between this page and one other, both ways, over one connection after the other. */
export class FileLink {
  readonly #options: FileLinkOptions;
  readonly #receiving = new Map<string, FileReceiving>();
  #channel: FilesChannel | null = null;
  #sending: FileSending | null = null;
  /** What is to be said as soon as there is a way. */
  #toSay: FileFrame[] = [];

  constructor(options: FileLinkOptions) {
    this.#options = options;
  }

  /** Takes up the connection that works now, if it is another one than before. */
  refresh(): void {
    const inner = this.#options.openChannel();
    if (inner === null || inner === this.#channel?.inner) return;
    for (const id of this.#sending?.close() ?? []) this.#options.onCut(id);
    this.#channel?.close();
    const sending = new FileSending({ ...this.#options, channel: () => this.#channel });
    this.#sending = sending;
    this.#channel = new FilesChannel(inner, {
      onOpen: () => this.#begin(),
      onFrame: (frame) => this.#take(frame),
      onRoom: () => sending.pump(),
    });
    if (this.#channel.isOpen) this.#begin();
  }

  /** Asks for a file, until it is here or `cancel` is called. */
  receive(id: string, offer: FileOffer, store: FileStore, listener: ReceivingListener): void {
    const over = () => this.#receiving.delete(id);
    const receiving = new FileReceiving({
      ...{ id, offer, store, clock: this.#options.clock },
      send: (frame) => this.#say(frame),
      onProgress: (bytes) => listener.onProgress(bytes),
      onDone: (file) => {
        over();
        listener.onDone(file);
      },
      onFailed: (failure) => {
        over();
        listener.onFailed(failure);
      },
    });
    this.#receiving.set(id, receiving);
    this.refresh();
    if (this.#channel?.isOpen) receiving.ask();
  }

  /** Wants no (more) of a file, which its owner is told. */
  decline(id: string): void {
    const receiving = this.#receiving.get(id);
    this.#receiving.delete(id);
    if (receiving) receiving.cancel();
    else {
      this.refresh();
      this.#say({ type: 'stop', id });
    }
  }

  /** Sends no more of a file that is no longer offered. */
  withdraw(id: string): void {
    this.#sending?.cancel(id);
    this.#say({ type: 'gone', id });
  }

  close(): void {
    for (const id of [...this.#receiving.keys()]) this.decline(id);
    this.#sending?.close();
    this.#channel?.close();
  }

  #begin(): void {
    for (const frame of this.#toSay.splice(0)) this.#channel?.send(frame);
    for (const receiving of this.#receiving.values()) receiving.ask();
    this.#sending?.pump();
  }

  #say(frame: FileFrame): void {
    if (this.#channel?.isOpen) this.#channel.send(frame);
    else if (frame.type === 'stop' || frame.type === 'gone') this.#toSay.push(frame);
  }

  #take(frame: FileFrame): void {
    if (frame.type === 'piece' || frame.type === 'gone') this.#receiving.get(frame.id)?.take(frame);
    else this.#sending?.take(frame);
  }
}
