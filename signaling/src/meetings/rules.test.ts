import { expect, test } from 'vitest';
import { isPastPasscode, Rules } from './rules.ts';

const policy = { locked: false };
const none = { policy, passcodeHash: null, passcodeSince: null };

test('R73 a passcode that could not be kept is taken back, and whoever was admitted by it is asked for the next', () => {
  const rules = new Rules(none, () => undefined);
  const undo = rules.decide({ passcodeHash: 'sesame' });
  const passcodes = rules.record.passcodesSet;
  undo();
  expect(rules.policy).toEqual(policy);
  rules.decide({ passcodeHash: 'open it' });
  expect(isPastPasscode({ passcodes }, rules.record)).toBe(false);
  expect(isPastPasscode({ passcodes: rules.record.passcodesSet }, rules.record)).toBe(true);
});

test('R73 what a server has kept that did not count them goes by time', () => {
  const before = { policy, passcodeHash: 'sesame', passcodeSince: 1_000 };
  expect([999, 1_000].map((admittedAt) => isPastPasscode({ admittedAt }, before))).toEqual([
    false,
    true,
  ]);
  expect(isPastPasscode({ admittedAt: 1 }, { ...before, passcodeSince: null })).toBe(true);
  const rules = new Rules(before, () => undefined);
  rules.decide({ passcodeHash: 'open it' });
  expect(isPastPasscode({ admittedAt: 2_000 }, rules.record)).toBe(false);
  rules.decide({ passcodeHash: null });
  expect(isPastPasscode({ admittedAt: 2_000 }, rules.record)).toBe(true);
});
