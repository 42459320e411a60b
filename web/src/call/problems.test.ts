import { Refusal, RefusalCode } from '@confab/protocol';
import { expect, it } from 'vitest';
import { Unreachable } from '../connection/meetings-api.ts';
import { isPassing, joinTroubleOf, mayStillHaveSeat, problemOf } from './problems.ts';

it.each([
  ['meeting-full', 'full'],
  ['passcode-required', 'passcode-required'],
  ['passcode-wrong', 'passcode-wrong'],
  ['too-many-requests', 'too-many-tries'],
  ['server-draining', 'restarting'],
  ['internal', 'fault'],
  ['meeting-not-found', null],
  ['meeting-ended', null],
] as const)('R4 joining refused with %s can be mended in the green room as %s', (code, trouble) => {
  expect(joinTroubleOf(new Refusal(code))).toBe(trouble);
});

it.each([
  ['meeting-not-found', 'not-found'],
  ['meeting-ended', 'ended'],
  ['meeting-full', 'full'],
  ['resume-invalid', 'seat-gone'],
  ['server-draining', 'restarting'],
] as const)('%s has the screen %s', (code, problem) => {
  expect(problemOf(new Refusal(code))).toBe(problem);
});

it('a server that does not answer is told as such, on both screens', () => {
  expect(problemOf(new Unreachable())).toBe('unreachable');
  expect(joinTroubleOf(new Unreachable())).toBe('unreachable');
});

it('the seat is still worth a try after a fault of the server, and not once it is refused', () => {
  const worthIt = RefusalCode.options.filter((code) => mayStillHaveSeat(new Refusal(code)));
  expect(worthIt).toEqual(['too-many-requests', 'server-draining', 'timeout', 'internal']);
  expect(mayStillHaveSeat(new Unreachable())).toBe(true);
});

it('whatever may be tried again keeps camera and microphone', () => {
  const passing = RefusalCode.options.filter((code) => isPassing(problemOf(new Refusal(code))));
  expect(passing).not.toContain('meeting-ended');
  expect(passing).not.toContain('meeting-not-found');
  expect(passing).toContain('token-expired');
  expect(passing).toContain('meeting-full');
});
