import type { AdmissionRequest } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { doesProve } from '../meetings/admission.ts';
import type { AdmissionParts } from '../meetings/admission.ts';
import { UnreadableRecord } from '../meetings/meeting-store.ts';
import { Opening } from '../meetings/opening.ts';
import { keyOf, readRecord } from '../meetings/records.ts';
import type { MeetingRecord } from '../meetings/records.ts';

export type KeptDoorParts = Pick<AdmissionParts, 'readInvitation'> & { clock: Clock };

/**
 * The door of a meeting that another node runs, as far as outsiders get to see of it: by what that node has kept, so that it makes no difference to them whether it answers
 * (R4). What a later version has kept is no door here, and lets everybody through to that node, which decides.
 */
export class KeptDoor {
  private readonly meetingId: string;
  private readonly parts: KeptDoorParts;
  private readonly record: MeetingRecord | null;

  constructor(meetingId: string, kept: string, parts: KeptDoorParts) {
    this.meetingId = meetingId;
    this.parts = parts;
    this.record = meetingIn(meetingId, kept);
  }

  /** Whether it looks like none to whoever has not proved the link (R48, R108). */
  get isClosed(): boolean {
    if (this.record === null) return false;
    const { policy, schedule, busySince } = this.record;
    const opening = new Opening(schedule, this.parts.clock, () => undefined);
    return policy.locked || !opening.isOpen(busySince);
  }

  /** Whether somebody proves the link; of a meeting that has none yet, whether they may give it one (R2). */
  async letsThrough({
    proof,
    invitation,
  }: Pick<AdmissionRequest, 'proof' | 'invitation'>): Promise<boolean> {
    if (this.record === null) return true;
    const { verifier } = this.record;
    if (verifier !== null) return doesProve(proof, verifier);
    if (invitation === undefined) return false;
    const word = await this.parts.readInvitation(invitation).catch(() => null);
    return word?.role === 'host' && word.meeting === this.meetingId;
  }
}

function meetingIn(meetingId: string, kept: string): MeetingRecord | null {
  try {
    const read = readRecord(keyOf.meeting(meetingId), JSON.parse(kept));
    return read.kind === 'meeting' ? read.record : null;
  } catch (fault) {
    if (fault instanceof UnreadableRecord || fault instanceof SyntaxError) return null;
    throw fault;
  }
}
