import type { Policy } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { MeetingRecord } from './records.ts';

/** What is kept of it. */
export type RulesRecord = Pick<MeetingRecord, 'policy' | 'passcodeHash' | 'passcodeSince'>;

/** What a host sets, with the passcode's hash instead of the passcode; what is undefined stays as it is. */
export type Decision = {
  locked?: boolean | undefined;
  waitingRoom?: boolean | undefined;
  passcodeHash?: string | null | undefined;
};

/** What hosts have set for one meeting (R48, R70, R73). */
export class Rules {
  private readonly clock: Clock;
  private readonly onChange: () => void;
  private kept: RulesRecord;

  constructor(record: RulesRecord, clock: Clock, onChange: () => void) {
    this.clock = clock;
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
      after.passcodeSince = passcodeHash === null ? null : Math.floor(this.clock.now() / 1000);
    }
    this.set(after);
    return () => {
      if (this.kept === after) this.set(before);
    };
  }

  private set(to: RulesRecord): void {
    this.kept = to;
    this.onChange();
  }
}
