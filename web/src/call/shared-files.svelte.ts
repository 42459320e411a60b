import { MAX_FILE_BYTES } from '@confab/protocol';
import { type Clock, pageClock } from '../connection/clock.ts';
import { FileExchange, type FileWays } from '../connection/files/file-exchange.ts';
import { fileName } from '../connection/files/file-name.ts';
import { type FileStore, MemoryStore } from '../connection/files/file-store.ts';
import { FileStream } from '../connection/files/file-stream.ts';
import { NoRoom, PageFiles } from '../connection/files/page-files.ts';
import { toBase64url } from '../connection/sealing/base64url.ts';
import { surfaceError } from '../connection/surface-error.ts';
import type { ChatEntry } from './chat-entry.svelte.ts';
import type { ChatLine } from './chat.svelte.ts';
import { pictureIn } from './picture-kind.ts';
import { Preparing } from './preparing.svelte.ts';
import { SharedFile } from './shared-file.svelte.ts';

/** A picture up to this size is fetched unasked, as long as there are not too many of them (bytes). */
const SMALL_PICTURE = 2_000_000;
const MOST_UNASKED = 33_554_432;
/** Larger pictures are not drawn, only saved. */
const LARGEST_PREVIEW = 20_000_000;
/** The browser may still be copying what was saved. */
const SAVING_MS = 60_000;

export type FilesProblem = { name: string; is: 'unreadable' | 'too-large' };

/** The files of the meeting: what one offers, and what the others do. */
export class SharedFiles {
  readonly #exchange: FileExchange;
  readonly #line: Pick<ChatLine, 'say'>;
  readonly #kept: Pick<PageFiles, 'storeFor' | 'close'>;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- each file is state of its own
  readonly #files = new Map<ChatEntry, SharedFile>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #own = new Map<string, Blob>();
  #preparing = $state.raw<Preparing[]>([]);
  #problem = $state.raw<FilesProblem | null>(null);
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #accepting = new Set<SharedFile>();
  #unasked = 0;
  #savedAt = -Infinity;
  #shown: Promise<void> = Promise.resolve();

  constructor(
    ways: FileWays,
    line: Pick<ChatLine, 'say'>,
    kept: Pick<PageFiles, 'storeFor' | 'close'> = new PageFiles(),
    clock: Clock = pageClock,
  ) {
    this.#line = line;
    this.#kept = kept;
    this.#exchange = new FileExchange(ways, clock);
    const { events } = this.#exchange;
    events.on('sending', ({ id, participantId, kept: bytes, length }) =>
      this.#findOwn(id)?.delivered(participantId, length === 0 ? 1 : bytes / length),
    );
    events.on('stopped', ({ id, participantId }) =>
      this.#findOwn(id)?.deliveries.set(participantId, { share: 0, isDeclined: true }),
    );
    events.on('cut', ({ id, participantId }) =>
      this.#findOwn(id)?.deliveries.delete(participantId),
    );
    events.on('unreadable', ({ id }) => {
      this.#exchange.withdraw(id);
      this.#findOwn(id)?.become({ is: 'failed', failure: 'gone' });
    });
  }

  /** What is being read before it can be offered. */
  get preparing(): Preparing[] {
    return this.#preparing;
  }

  /** Why the last one could not be offered; until the next, or until it is dismissed. */
  get problem(): FilesProblem | null {
    return this.#problem;
  }

  dismissProblem(): void {
    this.#problem = null;
  }

  /** The file that a message offers. Throws for any other message. */
  of(entry: ChatEntry): SharedFile {
    const { file } = entry;
    if (file === null) throw new Error('this message offers no file');
    const known = this.#files.get(entry);
    if (known) return known;
    const shared = new SharedFile(entry, file);
    this.#files.set(entry, shared);
    if (entry.isOwn && !this.#own.has(entry.id)) shared.become({ is: 'failed', failure: 'gone' });
    const own = this.#own.get(entry.id);
    if (own) this.#showSoon(shared, own);
    return shared;
  }

  /** A message offers a file: small pictures are fetched at once. */
  see(entry: ChatEntry): void {
    const shared = this.of(entry);
    const { size, picture } = shared.offer;
    if (entry.isOwn || entry.isRemoved || shared.status.is !== 'offered') return;
    if (!picture || size > SMALL_PICTURE || this.#unasked + size > MOST_UNASKED) return;
    this.#unasked += size;
    this.#fetch(shared, new MemoryStore());
  }

  /**
   * Offers files to everybody, or to `to` alone, one after the other. `present` says which participants are there: somebody may come while a
   * large file is read.
   */
  async attach(
    files: readonly File[],
    to: string | null,
    present: () => Iterable<string>,
  ): Promise<void> {
    this.#problem = null;
    const all = files.map((file) => new Preparing(file));
    this.#preparing = [...this.#preparing, ...all];
    for (const one of all) {
      try {
        await this.#offer(one, to, present);
      } catch {
        const { name } = one;
        if (!one.signal.aborted) this.#problem = { name, is: 'unreadable' };
      }
      this.#preparing = this.#preparing.filter((other) => other !== one);
    }
  }

  /** Fetches a file, once however often it is called. To be called while a click is handled: its receiver may be asked for a place. */
  async accept(shared: SharedFile): Promise<void> {
    if (shared.status.is === 'fetching' || this.#accepting.has(shared)) return;
    const { name, size } = shared.offer;
    this.#accepting.add(shared);
    try {
      this.#fetch(shared, await this.#kept.storeFor(name, size));
    } catch (error) {
      if (error instanceof NoRoom) shared.become({ is: 'no-room', room: error.room });
      else if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
    } finally {
      this.#accepting.delete(shared);
    }
  }

  /** Does not want a file, or no more of it. */
  decline(shared: SharedFile): void {
    shared.become({ is: 'declined' });
    shared.arrived(0);
    this.#exchange.decline(shared.entry.from, shared.entry.id);
  }

  /** Whoever had it has it no more: nothing further is asked for. */
  lose(shared: SharedFile): void {
    if (shared.status.is === 'fetching') this.#exchange.decline(shared.entry.from, shared.entry.id);
    shared.become({ is: 'failed', failure: 'gone' });
  }

  /** Gives one's own file to nobody any more. */
  withdraw(entry: ChatEntry): void {
    this.#exchange.withdraw(entry.id);
    this.#own.delete(entry.id);
    this.#files.get(entry)?.draw(null);
  }

  /** A file is being saved: it must stay for a moment. */
  saving(): void {
    this.#savedAt = Date.now();
  }

  close(): void {
    for (const one of this.#preparing) one.cancel();
    this.#exchange.close();
    for (const shared of this.#files.values()) shared.draw(null);
    const wait = Math.max(0, this.#savedAt + SAVING_MS - Date.now());
    setTimeout(() => void this.#kept.close(), wait);
  }

  async #offer(one: Preparing, to: string | null, present: () => Iterable<string>): Promise<void> {
    const { file } = one;
    const { size } = file;
    if (size > MAX_FILE_BYTES) {
      this.#problem = { name: one.name, is: 'too-large' };
      return;
    }
    const stream = await FileStream.of(file, (share) => one.read(share), one.signal);
    const digest = toBase64url(await stream.digest());
    const kind = await pictureIn(file);
    const picture = kind && { width: kind.width, height: kind.height };
    one.signal.throwIfAborted();
    const offer = { name: fileName(file.name), size, digest, ...(picture && { picture }) };
    const id = this.#line.say({ kind: 'file', file: offer }, to);
    this.#own.set(id, file);
    this.#exchange.offer(id, stream, to, to === null ? present() : [to]);
  }

  #fetch(shared: SharedFile, store: FileStore): void {
    const { entry, offer } = shared;
    shared.become({ is: 'fetching' });
    shared.arrived(0);
    this.#exchange.receive(entry.from, entry.id, offer, store, {
      onProgress: (bytes) => shared.arrived(bytes),
      onDone: ({ file }) => {
        shared.arrived(offer.size);
        shared.become(file === null ? { is: 'saved' } : { is: 'here', file });
        if (file !== null) this.#showSoon(shared, file);
      },
      onFailed: (failure) => shared.become({ is: 'failed', failure }),
    });
  }

  /** One after the other: each may take 160 MB while it is looked at. */
  #showSoon(shared: SharedFile, file: Blob): void {
    this.#shown = this.#shown.then(() => this.#show(shared, file)).catch(surfaceError);
  }

  /** Draws it if it is a picture, whatever was said of it; one that cannot be decoded is a file like any other. */
  async #show(shared: SharedFile, file: Blob): Promise<void> {
    if (!shared.offer.picture || file.size > LARGEST_PREVIEW) return;
    const kind = await pictureIn(file);
    if (kind === null) return;
    const picture = file.slice(0, file.size, kind.type);
    try {
      const bitmap = await createImageBitmap(picture);
      const pixels = bitmap.width * bitmap.height;
      bitmap.close();
      // It turned out to be another one than it said.
      if (pixels > kind.width * kind.height) return;
    } catch {
      return;
    }
    shared.draw(picture);
  }

  #findOwn(id: string): SharedFile | undefined {
    return [...this.#files.values()].find(({ entry }) => entry.isOwn && entry.id === id);
  }
}
