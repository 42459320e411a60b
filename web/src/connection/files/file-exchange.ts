import type { FileOffer } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { Emitter } from '../emitter.ts';
import type { MeetingEvents } from '../meeting-events.ts';
import { FileLink, type ReceivingListener } from './file-link.ts';
import type { SendingProgress } from './file-sending.ts';
import type { FileStore } from './file-store.ts';
import type { FileStream } from './file-stream.ts';

/** What of the meeting's connection files travel over. */
export type FileWays = {
  events: Pick<Emitter<Pick<MeetingEvents, 'link'>>, 'on'>;
  /** See `MeetingConnection.dataChannel`. */
  dataChannel(participantId: string, name: 'files'): RTCDataChannel | null | undefined;
};

/** What becomes of one's own offers. */
export type FileExchangeEvents = {
  sending: SendingProgress & { participantId: string };
  /** Somebody does not want it, or no more of it. */
  stopped: { id: string; participantId: string };
  /** Nothing is on its way any more, unless the other end asks for the rest. */
  cut: { id: string; participantId: string };
  /** One's own file cannot be read any more: it was changed, moved or removed. */
  unreadable: { id: string };
};

type Own = { stream: FileStream; to: string | null };

/** All files that this page offers and fetches, over the links of the meeting. */
export class FileExchange {
  readonly events = new Emitter<FileExchangeEvents>();
  readonly #ways: FileWays;
  readonly #clock: Clock;
  readonly #links = new Map<string, FileLink>();
  readonly #own = new Map<string, Own>();
  readonly #stop: () => void;

  constructor(ways: FileWays, clock: Clock) {
    this.#ways = ways;
    this.#clock = clock;
    this.#stop = ways.events.on('link', ({ participantId, standing }) => {
      if (standing !== 'ok' && standing !== 'weak') return;
      // Whoever offers has to be ready before others ask (R86).
      if (this.#own.size > 0) this.#linkTo(participantId).refresh();
      else this.#links.get(participantId)?.refresh();
    });
  }

  /** Gives a file to whoever asks for it by its offer's `id`, or to `to` alone. `present`: everybody who is there. */
  offer(id: string, stream: FileStream, to: string | null, present: Iterable<string>): void {
    this.#own.set(id, { stream, to });
    for (const participantId of present) this.#linkTo(participantId).refresh();
  }

  /** Gives it to nobody any more. */
  withdraw(id: string): void {
    if (!this.#own.delete(id)) return;
    for (const link of this.#links.values()) link.withdraw(id);
  }

  /** Fetches a file that `from` offers. */
  receive(
    from: string,
    id: string,
    offer: FileOffer,
    store: FileStore,
    listener: ReceivingListener,
  ): void {
    this.#linkTo(from).receive(id, offer, store, listener);
  }

  /** Does not want a file, or no more of it. */
  decline(from: string, id: string): void {
    this.#linkTo(from).decline(id);
  }

  close(): void {
    this.#stop();
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
    this.#own.clear();
  }

  #linkTo(participantId: string): FileLink {
    const known = this.#links.get(participantId);
    if (known) return known;
    const link = new FileLink({
      clock: this.#clock,
      openChannel: () => this.#ways.dataChannel(participantId, 'files') ?? null,
      find: (id) => {
        const own = this.#own.get(id);
        return own && (own.to ?? participantId) === participantId ? own.stream : null;
      },
      onProgress: (progress) => this.events.emit('sending', { ...progress, participantId }),
      onStop: (id) => this.events.emit('stopped', { id, participantId }),
      onCut: (id) => this.events.emit('cut', { id, participantId }),
      onUnreadable: (id) => this.events.emit('unreadable', { id }),
    });
    this.#links.set(participantId, link);
    return link;
  }
}
