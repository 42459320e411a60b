import { Refusal } from '@confab/protocol';
import { expect, it } from 'vitest';
import { Unreachable } from '../connection/meetings-api.ts';
import { joinTroubleOf, problemOf } from './problems.ts';

it.each([
  ['meeting-full', 'full'],
  ['passcode-required', 'passcode-required'],
  ['passcode-wrong', 'passcode-wrong'],
  ['too-many-requests', 'too-many-tries'],
  ['server-draining', 'unreachable'],
  ['meeting-not-found', null],
  ['meeting-ended', null],
] as const)('R4 joining refused with %s can be mended in the green room as %s', (code, trouble) => {
  expect(joinTroubleOf(new Refusal(code))).toBe(trouble);
});

it.each([
  ['meeting-not-found', 'not-found'],
  ['meeting-ended', 'ended'],
  ['meeting-full', 'full'],
] as const)('R4 %s has the screen %s', (code, problem) => {
  expect(problemOf(new Refusal(code))).toBe(problem);
});

it('a server that does not answer is told as such, on both screens', () => {
  expect(problemOf(new Unreachable())).toBe('unreachable');
  expect(joinTroubleOf(new Unreachable())).toBe('unreachable');
});
