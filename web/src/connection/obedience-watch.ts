import type { Clock } from './clock.ts';
import { Conduct, type Look } from './conduct.ts';
import type { KnownParticipant } from './known-participant.ts';
import type { Tracks } from './link-connection.ts';
import { SLOTS, type Slot } from './meeting-events.ts';
import { surfaceError } from './surface-error.ts';

/** When the first look after a host's word is worth its while. */
const FIRST_LOOK_MS = 450;
/** Each look reads the statistics of connections, so all but the first are rare. By the age of the word. */
const LOOKS_MS = [
  { until: 2_000, every: 100 },
  { until: 10_000, every: 500 },
  { until: Infinity, every: 1_000 },
];

export type ObedienceWatchOptions = {
  selfId: string;
  clock: Clock;
  /** What the links receive, by participant. */
  tracks: ReadonlyMap<string, Tracks>;
  stats: (participantId: string) => Promise<RTCStatsReport | null>;
  /** With these, and nobody else, there may be links; oneself is among them. */
  onAllowed: (participants: KnownParticipant[]) => void;
  /** Whose page disobeys now, whenever that changes. */
  onDisobedience: (participantIds: string[]) => void;
};

/** The meeting as the server told it at one moment, in milliseconds of the clock. */
export type Sight = { participants: KnownParticipant[]; at: number };

/** Somebody of whom a host has stopped something. */
type Ward = {
  incarnation: string;
  conduct: Conduct;
  /** Whether their page says that it goes on. */
  isHeedless: boolean;
  isShut: boolean;
  /** Whether they have had a second chance. */
  wasForgiven: boolean;
};

/** Watches what comes from those of whom hosts have stopped something, and has the link closed to whose page goes on (R100). */
export class ObedienceWatch {
  readonly #options: ObedienceWatchOptions;
  readonly #wards = new Map<string, Ward>();
  #participants: KnownParticipant[] = [];
  #shut = '';
  #toldAt = -Infinity;
  #cancel: (() => void) | null = null;

  /** `sights` are what was seen before there was this, the latest last; {@link ObedienceWatchOptions.onAllowed} knows of them. */
  constructor(options: ObedienceWatchOptions, sights: Sight[]) {
    this.#options = options;
    for (const { participants, at } of sights) this.#know(participants, at);
    if (this.#wards.size > 0) this.#lookLater();
  }

  /** The meeting is like this now, as the server says. */
  see(participants: KnownParticipant[]): void {
    const now = this.#options.clock.now();
    if (this.#cancel === null) for (const { conduct } of this.#wards.values()) conduct.begin(now);
    this.#know(participants, now);
    if (!this.#tell()) this.#options.onAllowed(this.#allowed);
    if (this.#wards.size === 0) this.pause();
    else if (this.#cancel === null || this.#toldAt < this.#lastToldAt) {
      this.pause();
      this.#lookLater();
    }
  }

  /** Nobody knows any more what holds: what comes from now on is not counted until {@link see}. */
  pause(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  get #shutIds(): string[] {
    return [...this.#wards].filter(([, { isShut }]) => isShut).map(([id]) => id);
  }

  get #allowed(): KnownParticipant[] {
    return this.#participants.filter(({ id }) => !this.#shutIds.includes(id));
  }

  get #lastToldAt(): number {
    return Math.max(...[...this.#wards.values()].map(({ conduct }) => conduct.toldAt));
  }

  #know(participants: KnownParticipant[], now: number): void {
    this.#participants = participants;
    const ids = new Set(participants.map(({ id }) => id));
    for (const id of this.#wards.keys()) if (!ids.has(id)) this.#wards.delete(id);
    for (const one of participants) if (one.id !== this.#options.selfId) this.#instruct(one, now);
  }

  #instruct(participant: KnownParticipant, now: number): void {
    const { id, incarnation, presence, heedless: isHeedless = false } = participant;
    const slots = stoppedSlots(participant);
    const known = this.#wards.get(id);
    if (slots.length === 0) this.#wards.delete(id);
    else {
      const ward =
        known?.incarnation === incarnation
          ? known
          : { incarnation, conduct: new Conduct(), isHeedless, isShut: false, wasForgiven: false };
      this.#wards.set(id, ward);
      // It was slow, and does it now.
      if (ward.isShut && ward.isHeedless && !isHeedless && !ward.wasForgiven)
        Object.assign(ward, { conduct: new Conduct(), isShut: false, wasForgiven: true });
      ward.isHeedless = isHeedless;
      ward.conduct.expect(slots, now, presence === 'reconnecting');
    }
  }

  #lookLater(): void {
    const { clock } = this.#options;
    this.#toldAt = this.#lastToldAt;
    const age = clock.now() - this.#toldAt;
    const { every = 0 } = LOOKS_MS.find(({ until }) => age < until) ?? {};
    this.#cancel = clock.after(Math.max(every, FIRST_LOOK_MS - age), () => {
      this.#look().catch(surfaceError);
    });
  }

  async #look(): Promise<void> {
    const cancel = this.#cancel;
    const open = [...this.#wards].filter(([, { isShut }]) => !isShut);
    await Promise.all(
      open.map(async ([id, ward]) => {
        const look = await this.#lookAt(id);
        // Meanwhile the word may have been taken back.
        const isStill = this.#cancel === cancel && this.#wards.get(id) === ward;
        if (isStill && ward.conduct.disobeys(look)) ward.isShut = true;
      }),
    );
    if (this.#cancel !== cancel) return;
    this.#lookLater();
    this.#tell();
  }

  async #lookAt(id: string): Promise<Look> {
    const { clock, stats, tracks } = this.#options;
    const report = await stats(id).catch(() => null);
    return lookAt(report, tracks.get(id) ?? {}, clock.now());
  }

  /** Whether there was something to tell. */
  #tell(): boolean {
    const shut = this.#shutIds;
    if (shut.join() === this.#shut) return false;
    this.#shut = shut.join();
    this.#options.onAllowed(this.#allowed);
    this.#options.onDisobedience(shut);
    return true;
  }
}

/** Where a host lets nothing come from this participant. */
function stoppedSlots({ speech, stopped = [] }: KnownParticipant): Slot[] {
  const isSilent = speech !== undefined;
  const isUnshared = stopped.includes('screen');
  const nothingIn: Record<Slot, boolean> = {
    microphone: isSilent || stopped.includes('microphone'),
    camera: false,
    screen: isUnshared,
    screenSound: isSilent || isUnshared,
  };
  return SLOTS.filter((slot) => nothingIn[slot]);
}

/** What statistics of a connection say of what comes on these tracks; without one, nothing comes. */
function lookAt(report: RTCStatsReport | null, tracks: Tracks, at: number): Look {
  const look: Look = { at, roundTrip: 0, bytes: {} };
  report?.forEach((entry: Record<string, unknown>) => {
    if (entry.type === 'candidate-pair' && entry.nominated === true)
      look.roundTrip = Math.max(look.roundTrip, Number(entry.currentRoundTripTime ?? 0) * 1_000);
    if (entry.type !== 'inbound-rtp') return;
    const isOf = (slot: Slot) => tracks[slot]?.id === entry.trackIdentifier;
    for (const slot of SLOTS.filter(isOf))
      look.bytes[slot] = (look.bytes[slot] ?? 0) + Number(entry.bytesReceived ?? 0);
  });
  return look;
}
