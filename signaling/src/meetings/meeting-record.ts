import type { MeetingRecord } from './records.ts';

/** A meeting's record by what of the meeting each of it is for. */
export function dividedRecord({ v: _v, keptUntil: _k, ...record }: MeetingRecord) {
  const { verifier, lastArrival, emptySince, busySince, denied, schedule, ...decided } = record;
  const { policy, passcodeHash, passcodesSet, passcodeSince, ...others } = decided;
  const { succession, unmade, standing, orphanedAt, silenced, heard, ...terms } = others;
  return {
    ...{ terms, verifier, lastArrival, denied, schedule },
    occupancy: { emptySince, busySince },
    rules: { policy, passcodeHash, passcodesSet, passcodeSince },
    hosting: { succession, unmade, standing, orphanedAt },
    silencing: { silenced, heard },
  };
}
