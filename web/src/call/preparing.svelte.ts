import { fileName } from '../connection/files/file-name.ts';

/** A file that is being read before it is offered. */
export class Preparing {
  readonly file: File;
  readonly name: string;
  readonly #stopping = new AbortController();
  #share = $state(0);

  constructor(file: File) {
    this.file = file;
    this.name = fileName(file.name);
  }

  /** How much of it was read, from 0 to 1. */
  get share(): number {
    return this.#share;
  }

  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  read(share: number): void {
    this.#share = share;
  }

  cancel(): void {
    this.#stopping.abort();
  }
}
