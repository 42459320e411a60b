import type { Policy } from '@confab/protocol';
import type { MeetingRecord } from './records.ts';
import type { Ticket } from './ticket.ts';

/** What is kept of it. */
export type RulesRecord = Pick<
  MeetingRecord,
  'policy' | 'passcodeHash' | 'passcodesSet' | 'passcodeSince'
>;

/** What a host sets, with the passcode's hash instead of the passcode; what is undefined stays as it is. */
export type Decision = {
  locked?: boolean | undefined;
  waitingRoom?: boolean | undefined;
  passcodeHash?: string | null | undefined;
};

/** What hosts have set for one meeting (R48, R70, R73). */
export class Rules {
  private readonly onChange: () => void;
  private kept: RulesRecord;

  constructor(record: RulesRecord, onChange: () => void) {
    this.onChange = onChange;
    this.kept = record;
  }

  get record(): RulesRecord {
    return this.kept;
  }

  /** As the snapshot shows it. */
  get policy(): Policy {
    const { policy, passcodeHash } = this.kept;
    return passcodeHash === null ? policy : { ...policy, passcode: true };
  }

  /** What a passcode is checked by; null where none is asked for. */
  get passcodeHash(): string | null {
    return this.kept.passcodeHash;
  }

  /** In force at once, for everybody. Answers with the way back, which does nothing once somebody has set it anew. */
  decide({ locked, waitingRoom, passcodeHash }: Decision): () => void {
    const before = this.kept;
    const policy = {
      locked: locked ?? before.policy.locked,
      waitingRoom: waitingRoom ?? before.policy.waitingRoom,
    };
    const after = { ...before, policy };
    if (passcodeHash !== undefined) {
      after.passcodeHash = passcodeHash;
      after.passcodeSince = null;
    }
    if (typeof passcodeHash === 'string') after.passcodesSet = (before.passcodesSet ?? 0) + 1;
    this.set(after);
    const { passcodesSet } = after;
    return () => {
      // Somebody may have been admitted by the one that is taken back: no other gets its number.
      if (this.kept === after) this.set({ ...before, passcodesSet });
    };
  }

  private set(to: RulesRecord): void {
    this.kept = to;
    this.onChange();
  }
}

/**
 * Whether somebody needs no passcode although one may be asked for: they were admitted when it was, and not before it was set (R73). By numbers and not by time,
 * since the clock may be set; tokens that have none are from before the first, or from a server that did not count.
 */
export function isPastPasscode(
  { passcodes = 0, admittedAt = 0 }: Pick<Ticket, 'passcodes' | 'admittedAt'>,
  { passcodeHash, passcodesSet = 0, passcodeSince }: RulesRecord,
): boolean {
  if (passcodeHash === null) return true;
  return passcodesSet > 0 ? passcodes >= passcodesSet : admittedAt >= (passcodeSince ?? 0);
}
