import type { MeetingRecord } from './records.ts';

/** A meeting's record by what of the meeting each of it is for. */
export function dividedRecord({ v: _v, keptUntil: _k, ...record }: MeetingRecord) {
  const { verifier, lastArrival, denied, schedule, ...occupied } = record;
  const { emptySince, wasLeft, busySince, ...decided } = occupied;
  const { policy, passcodeHash, passcodesSet, passcodeSince, ...others } = decided;
  const { succession, unmade, standing, orphanedAt, silenced, heard, ...terms } = others;
  return {
    ...{ terms, verifier, lastArrival, denied, schedule },
    occupancy: { emptySince, wasLeft, busySince },
    rules: { policy, passcodeHash, passcodesSet, passcodeSince },
    hosting: { succession, unmade, standing, orphanedAt },
    silencing: { silenced, heard },
  };
}
