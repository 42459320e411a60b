import { randomBytes } from 'node:crypto';
import { ID_BYTES, Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { Meeting } from './meeting.ts';
import type { MeetingTerms } from './meeting.ts';

/** How many meetings may exist, and how long one lives with nobody in it and is remembered afterwards (milliseconds). */
const meetingLimits = {
  total: 100_000,
  perAddress: 2_000,
  emptyFor: 7 * 24 * 3_600_000,
  rememberedFor: 24 * 3_600_000,
  sweepEvery: 60_000,
} as const;

/** What is left of an ended meeting, to tell the truth to whoever proves its link (R4). */
export type EndedMeeting = { id: string; verifier: string | null; forgetAt: number };

/** All meetings of this process, and those that ended lately. */
export class MeetingDirectory {
  onChange: (meeting: Meeting) => void = () => undefined;
  private readonly clock: Clock;
  private readonly meetings = new Map<string, { meeting: Meeting; madeFrom: string }>();
  private readonly ended = new Map<string, EndedMeeting>();
  private readonly perAddress = new Map<string, number>();
  private cancelSweep: () => void = () => undefined;

  constructor(clock: Clock) {
    this.clock = clock;
    this.sweepLater();
  }

  get size(): number {
    return this.meetings.size;
  }

  /** Makes a meeting for somebody at `address`. Throws `too-many-requests` when that address, or everybody, has too many. */
  create(terms: MeetingTerms, verifier: string | null, address: string): Meeting {
    const fromHere = this.perAddress.get(address) ?? 0;
    if (this.meetings.size >= meetingLimits.total || fromHere >= meetingLimits.perAddress)
      throw new Refusal('too-many-requests');
    const id = randomBytes(ID_BYTES).toString('base64url');
    const meeting = new Meeting(id, terms, verifier, this.clock, (changed) =>
      this.onChange(changed),
    );
    this.meetings.set(id, { meeting, madeFrom: address });
    this.perAddress.set(address, fromHere + 1);
    return meeting;
  }

  get(id: string): Meeting | undefined {
    return this.meetings.get(id)?.meeting;
  }

  getEnded(id: string): EndedMeeting | undefined {
    return this.ended.get(id);
  }

  close(): void {
    this.cancelSweep();
  }

  private sweepLater(): void {
    this.cancelSweep = this.clock.after(meetingLimits.sweepEvery, () => {
      this.sweep(this.clock.now());
      this.sweepLater();
    });
  }

  private sweep(now: number): void {
    for (const { meeting, madeFrom } of this.meetings.values()) {
      if (meeting.emptySince === null || now - meeting.emptySince < meetingLimits.emptyFor)
        continue;
      meeting.hasEnded = true;
      this.meetings.delete(meeting.id);
      this.oneLessFrom(madeFrom);
      const { id, verifier } = meeting;
      this.ended.set(id, { id, verifier, forgetAt: now + meetingLimits.rememberedFor });
    }
    for (const ended of this.ended.values()) if (ended.forgetAt <= now) this.ended.delete(ended.id);
  }

  private oneLessFrom(address: string): void {
    const left = (this.perAddress.get(address) ?? 1) - 1;
    if (left > 0) this.perAddress.set(address, left);
    else this.perAddress.delete(address);
  }
}
