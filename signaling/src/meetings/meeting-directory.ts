import { randomBytes } from 'node:crypto';
import { ID_BYTES, Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { leaseTimes } from './lease-times.ts';
import type { MeetingEvent } from './meeting-event.ts';
import type { MeetingStore } from './meeting-store.ts';
import { UnreadableRecord } from './meeting-store.ts';
import { Meeting } from './meeting.ts';
import type { MeetingTerms } from './meeting-parts.ts';
import { keyOf } from './records.ts';
import type { EndedRecord, KeptRecord, MeetingRecord } from './records.ts';

/** How many meetings may exist, and how long one lives with nobody in it and is remembered afterwards (milliseconds). */
const meetingLimits = {
  total: 100_000,
  perNetwork: 2_000,
  emptyFor: 7 * 24 * 3_600_000,
  rememberedFor: 24 * 3_600_000,
  sweepEvery: 60_000,
} as const;

/** Where a meeting is: run by this process, or by another node; over, or unknown. */
export type Whereabouts =
  | { meeting: Meeting }
  /** `kept` is the meeting's record as that node has written it. */
  | { node: string; kept: string }
  | { ended: EndedRecord }
  | null;

/** Finds a meeting, wherever it is. Throws `internal` where that cannot be told at present. */
export type FindMeeting = (meetingId: string) => Promise<Whereabouts>;

/** How what was kept is taken up: for how long its seats are shown, and behind which number its versions begin. */
export type Restoring = { shownFor?: number; versionsFrom?: number };

/** What a meeting is made with. */
type NewMeeting = MeetingTerms &
  Pick<MeetingRecord, 'passcodeHash' | 'schedule'> & {
    succession?: boolean | undefined;
    waitingRoom?: boolean | undefined;
  };

type Kept = Exclude<KeptRecord, { kind: 'chat' | 'event' }>;

/** All meetings of this process, and those that ended lately. */
export class MeetingDirectory {
  onChange: (meeting: Meeting) => void = () => undefined;
  /** Hears of every change at a meeting's door, which only hosts are told of. */
  onDoor: (meeting: Meeting) => void = () => undefined;
  /** Hears of what other programs may want to know, in the same breath as it is given to the store. */
  onEvent: (event: MeetingEvent) => void = () => undefined;
  /** Hears of every meeting that is over. */
  onEnd: (meetingId: string) => void = () => undefined;
  private readonly clock: Clock;
  private readonly store: MeetingStore;
  private readonly meetings = new Map<string, Meeting>();
  /** What is left of those that are over, to tell the truth to whoever proves their link (R4). */
  private readonly ended = new Map<string, EndedRecord>();
  private readonly perNetwork = new Map<string, number>();
  private cancelSweep: () => void = () => undefined;

  constructor(clock: Clock, store: MeetingStore) {
    this.clock = clock;
    this.store = store;
    this.sweepLater();
  }

  /** Takes up one thing that was kept, in the order of {@link keyOf}. Throws {@link UnreadableRecord} where it has no place. */
  restore({ kind, meetingId, record }: Kept, { shownFor, versionsFrom }: Restoring = {}): void {
    if (kind === 'ended') this.ended.set(meetingId, record);
    else if (kind === 'meeting') this.add(meetingId, record, versionsFrom);
    else {
      const meeting = this.meetings.get(meetingId);
      if (meeting === undefined) throw new UnreadableRecord(`${kind} without its meeting`);
      if (kind === 'removal') meeting.door.restoreRemoval(record);
      else if (kind === 'token') meeting.door.restoreInvitation(record);
      else {
        const shown = shownFor ?? leaseTimes.shownAfterAbsence;
        if (kind === 'waiting') meeting.door.restoreWaiting(record, shown);
        else meeting.restore(record, shown);
      }
    }
  }

  /** Another node has the meeting: forgets it, and leaves what is kept alone. */
  letGo(meeting: Meeting): void {
    meeting.letGo();
    this.drop(meeting);
  }

  /**
   * Makes a meeting. Resolves when it is kept. Throws `too-many-requests` when the network `madeFrom`, or everybody, has too many, and
   * `internal` while nothing can be kept.
   */
  async create(
    { succession = true, waitingRoom, ...terms }: NewMeeting,
    verifier: string | null,
  ): Promise<Meeting> {
    const fromHere = this.perNetwork.get(terms.madeFrom) ?? 0;
    if (this.meetings.size >= meetingLimits.total || fromHere >= meetingLimits.perNetwork)
      throw new Refusal('too-many-requests');
    if (this.store.isFailing) throw new Refusal('internal');
    const id = randomBytes(ID_BYTES).toString('base64url');
    const emptySince = this.clock.now();
    const fresh = {
      v: 1,
      verifier,
      policy: { locked: false, ...(waitingRoom && { waitingRoom }) },
      succession,
      unmade: [],
      standing: [],
      silenced: [],
      heard: [],
      denied: [],
      passcodeSince: null,
      keptUntil: null,
      orphanedAt: null,
      emptySince,
      wasLeft: false,
      busySince: null,
      lastArrival: 0,
    } satisfies Partial<MeetingRecord>;
    const meeting = this.add(id, { ...terms, ...fresh });
    meeting.begin();
    try {
      await meeting.kept();
    } catch (fault) {
      this.remove(meeting);
      throw fault;
    }
    return meeting;
  }

  get(id: string): Meeting | undefined {
    return this.meetings.get(id);
  }

  getEnded(id: string): EndedRecord | undefined {
    return this.ended.get(id);
  }

  get all(): Meeting[] {
    return [...this.meetings.values()];
  }

  /** Whether a meeting is here, or was until lately. */
  whereabouts(id: string): { meeting: Meeting } | { ended: EndedRecord } | null {
    const meeting = this.get(id);
    const ended = this.getEnded(id);
    return meeting ? { meeting } : ended ? { ended } : null;
  }

  /** Keeps once more what is left of meetings that are over. */
  keepAllEnded(): void {
    for (const id of this.ended.keys()) this.keepEnded(id);
  }

  /** The meeting is over, for everybody in it as well. Resolves when that is kept. Rejects with a StoreFault. */
  async end(meeting: Meeting): Promise<void> {
    this.conclude(meeting, this.clock.now());
    await this.store.settled();
  }

  close(): void {
    this.cancelSweep();
  }

  private add(id: string, record: MeetingRecord, versionsFrom = 0): Meeting {
    const { clock, store } = this;
    const onChange = (changed: Meeting) => this.onChange(changed);
    const onDoor = (changed: Meeting) => this.onDoor(changed);
    const onEvent = (event: MeetingEvent) => this.onEvent(event);
    const parts = { clock, store, onChange, onDoor, onEvent, versionsFrom };
    const meeting = new Meeting(id, record, parts);
    this.meetings.set(id, meeting);
    this.perNetwork.set(record.madeFrom, (this.perNetwork.get(record.madeFrom) ?? 0) + 1);
    return meeting;
  }

  private remove(meeting: Meeting): void {
    meeting.end();
    this.drop(meeting);
  }

  private drop(meeting: Meeting): void {
    this.meetings.delete(meeting.id);
    const { madeFrom } = meeting.terms;
    const left = (this.perNetwork.get(madeFrom) ?? 1) - 1;
    if (left > 0) this.perNetwork.set(madeFrom, left);
    else this.perNetwork.delete(madeFrom);
  }

  private sweepLater(): void {
    this.cancelSweep = this.clock.after(meetingLimits.sweepEvery, () => {
      this.sweep(this.clock.now());
      this.sweepLater();
    });
  }

  private sweep(now: number): void {
    for (const meeting of this.meetings.values())
      if (isOver(meeting, now)) this.conclude(meeting, now);
    for (const [id, { forgetAt }] of this.ended)
      if (forgetAt <= now) {
        this.ended.delete(id);
        this.keepEnded(id);
      }
  }

  private conclude(meeting: Meeting, now: number): void {
    const { id, verifier } = meeting;
    this.ended.set(id, { v: 1, verifier, forgetAt: now + meetingLimits.rememberedFor });
    this.remove(meeting);
    this.keepEnded(id);
    this.onEnd(id);
  }

  private keepEnded(id: string): void {
    this.store.keep(keyOf.ended(id), () => this.ended.get(id));
  }
}

/** Nobody has been there for long, and nobody is to come: a meeting that was scheduled waits for its last occurrence (R109). */
function isOver({ occupancy, opening }: Meeting, now: number): boolean {
  const { emptySince } = occupancy;
  if (emptySince === null || now - emptySince < meetingLimits.emptyFor) return false;
  return (opening.keptUntil ?? 0) <= now;
}
