import { type LiveReaction, type Notice, Refusal } from '@confab/protocol';
import type { Clock } from './clock.ts';
import { Emitter } from './emitter.ts';
import type { KnownParticipant } from './known-participant.ts';
import type { RefusedSignals } from './meeting-events.ts';
import { openReaction } from './sealing/opener.ts';
import { RefusedSeal } from './sealing/refused-seal.ts';
import { ReplayGuard } from './sealing/replay-guard.ts';
import type { SeatEntry } from './seat-entry.ts';
import { surfaceError } from './surface-error.ts';
import type { Surroundings } from './surroundings.ts';
import { Wish } from './wish.ts';

/** What the signs tell the app. */
export type SignEvents = {
  /** Somebody shows a reaction, oneself included. */
  reaction: { participantId: string; emoji: LiveReaction };
  /** How one's own hand is to be, as long as the snapshot does not say it; null when it does. */
  hand: { wanted: boolean | null };
};

export type SignsConnectionOptions = {
  meetingId: string;
  clock: Clock;
  onRefused: (from: string, kind: keyof RefusedSignals) => void;
};

type Client = ReturnType<Surroundings['connectTo']>;
type Entry = Omit<SeatEntry, 'hello'>;

/** From the server's word to the snapshot that shows it, at most; milliseconds. */
const SHOWN_WITHIN = 2_000;

/** One's signs to the meeting: a raised hand, reactions, being away. It outlives seats, so that a wish outlives the server. */
export class SignsConnection {
  readonly events = new Emitter<SignEvents>();
  readonly #options: SignsConnectionOptions;
  readonly #hand: Wish<boolean>;
  readonly #away: Wish<boolean>;
  readonly #guards = new Map<string, ReplayGuard>();
  #client: Client | null = null;
  #entry: Entry | null = null;
  #people: KnownParticipant[] = [];
  #wantedHand: boolean | null = null;
  #isAway = false;
  #cancel: () => void = () => undefined;

  constructor(options: SignsConnectionOptions) {
    this.#options = options;
    const { clock } = options;
    this.#hand = new Wish(
      clock,
      (isUp) => this.#connected().request(isUp ? 'hand:raise' : 'hand:lower', {}),
      () => {
        this.#cancel();
        this.#cancel = clock.after(SHOWN_WITHIN, () => this.#want(null));
        this.#compare();
      },
    );
    this.#away = new Wish(
      clock,
      (away) => this.#connected().request('away:set', { away }),
      () => undefined,
    );
  }

  /** The server has given a seat, or given it back. */
  enter(client: Client, entry: Entry): void {
    if (client !== this.#client)
      client.events.on('reaction:received', (notice) => {
        this.#receive(notice).catch(surfaceError);
      });
    this.#client = client;
    this.#entry = entry;
    this.#hand.resume();
    // A join begins with being present (R59).
    if (this.#isAway) this.#away.set(true);
    this.#away.resume();
  }

  /** The server is away; nothing changes if another connection has taken over. */
  pause(client: Client): void {
    if (client !== this.#client) return;
    this.#hand.pause();
    this.#away.pause();
  }

  /** Takes over who is there, with whose keys reactions open. */
  know(participants: KnownParticipant[]): void {
    this.#people = participants;
    const incarnations = new Set(participants.map(({ incarnation }) => incarnation));
    for (const known of this.#guards.keys())
      if (!incarnations.has(known)) this.#guards.delete(known);
    this.#compare();
  }

  /** Puts one's hand up or takes it down; while the server is away, as soon as it is back (R57). */
  setHand(isUp: boolean): void {
    this.#cancel();
    this.#want(isUp);
    this.#hand.set(isUp);
  }

  /** Says whether nobody looks at this page (R59). */
  setAway(isAway: boolean): void {
    if (isAway === this.#isAway) return;
    this.#isAway = isAway;
    this.#away.set(isAway);
  }

  /** Shows everybody a reaction; whoever cannot be reached now never sees it (R58). */
  async react(emoji: LiveReaction): Promise<void> {
    const [client, entry] = [this.#client, this.#entry];
    if (client === null || entry === null) return;
    const sealed = await entry.sealer.sealReaction({ emoji });
    try {
      await client.request('reaction:send', { sealed });
    } catch (error) {
      if (error instanceof Refusal) return;
      throw error;
    }
    this.events.emit('reaction', { participantId: entry.self.participantId, emoji });
  }

  close(): void {
    this.#cancel();
    this.#hand.pause();
    this.#away.pause();
  }

  /** The server's word is not shown yet: the snapshot that shows it follows. */
  #compare(): void {
    const self = this.#people.find(({ id }) => id === this.#entry?.self.participantId);
    if (self && this.#wantedHand === (self.hand !== null)) this.#want(null);
  }

  #want(isUp: boolean | null): void {
    if (this.#wantedHand === isUp) return;
    this.#wantedHand = isUp;
    this.events.emit('hand', { wanted: isUp });
  }

  async #receive({ from, sealed }: Notice<'reaction:received'>): Promise<void> {
    const sender = this.#people.find(({ id }) => id === from);
    if (!sender?.identity) return;
    const { incarnation, identity } = sender;
    const address = { participantId: from, incarnation };
    const { meetingId, onRefused } = this.#options;
    try {
      const { counter, emoji } = await openReaction(identity.key, meetingId, address, sealed);
      if (!this.#guardOf(incarnation).admit(counter))
        throw new RefusedSeal('repeated', 'shown before');
      this.events.emit('reaction', { participantId: from, emoji });
    } catch (error) {
      if (!(error instanceof RefusedSeal)) throw error;
      onRefused(from, error.kind);
    }
  }

  #guardOf(incarnation: string): ReplayGuard {
    const guard = this.#guards.get(incarnation) ?? new ReplayGuard();
    this.#guards.set(incarnation, guard);
    return guard;
  }

  #connected(): Client {
    if (this.#client === null) throw new Refusal('wrong-state');
    return this.#client;
  }
}
