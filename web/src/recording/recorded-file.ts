import { Output, StreamTarget, WebMOutputFormat } from 'mediabunny';
import { openFile, type SyncFile } from './recording-store.ts';

/** As often what is written is given to the disk itself, in case the whole computer stops; milliseconds. */
const FLUSH_MS = 2_000;

/** A WebM file in this browser's own file system that is written as it goes, so that what was recorded outlasts the page. */
export class RecordedFile {
  readonly output: Output;
  readonly #file: SyncFile;
  #bytes = 0;
  #flushedAt = 0;

  private constructor(file: SyncFile) {
    this.#file = file;
    const write = ({ data, position }: { data: Uint8Array<ArrayBuffer>; position: number }) => {
      this.#write(data, position);
    };
    this.output = new Output({
      format: new WebMOutputFormat(),
      target: new StreamTarget(new WritableStream({ write })),
    });
  }

  /** In a worker alone. Throws where the file is being written to already. */
  static async open(name: string): Promise<RecordedFile> {
    const file = await (await openFile(name)).createSyncAccessHandle();
    file.truncate(0);
    return new RecordedFile(file);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Writes what only the end knows: the length, and where everything is. Rejects where there is no room for it. */
  async finish(): Promise<void> {
    await this.output.finalize();
    this.#file.flush();
    this.#file.close();
  }

  /** Leaves the file as far as it got. */
  abandon(): void {
    this.#file.close();
  }

  #write(data: Uint8Array<ArrayBuffer>, at: number): void {
    const written = this.#file.write(data, { at });
    // Some systems write what fits, and say nothing.
    if (written < data.length) throw new DOMException('The disk is full.', 'QuotaExceededError');
    this.#bytes = Math.max(this.#bytes, at + data.length);
    const now = performance.now();
    if (now - this.#flushedAt < FLUSH_MS) return;
    this.#flushedAt = now;
    this.#file.flush();
  }
}
