import { Refusal, type RefusalCode } from '@confab/protocol';
import type { Hindrance } from './requirements.ts';

/** Why a meeting cannot be entered, or not go on; each has its own screen and its own way on. */
export type Problem =
  | Hindrance
  | 'no-secret'
  | 'not-found'
  | 'ended'
  | 'full'
  | 'locked'
  | 'removed'
  | 'denied'
  | 'revoked'
  | 'seat-gone'
  | 'busy'
  | 'restarting'
  | 'fault'
  | 'outdated'
  | 'forbidden'
  | 'wrong-origin'
  | 'unreachable';

/** Why joining just failed, although trying again in the green room is sensible. */
export type JoinTrouble =
  | 'full'
  | 'locked'
  | 'passcode-wrong'
  | 'passcode-required'
  | 'too-many-tries'
  | 'restarting'
  | 'fault'
  | 'unreachable';

const problems: Record<RefusalCode, Problem> = {
  'meeting-not-found': 'not-found',
  'meeting-ended': 'ended',
  'meeting-full': 'full',
  'meeting-locked': 'locked',
  removed: 'removed',
  denied: 'denied',
  'invitation-revoked': 'revoked',
  // It has a screen of its own; only a schedule that was set this very moment leads here.
  'not-open': 'seat-gone',
  // Whoever is in the meeting already has not to knock.
  'knock-required': 'seat-gone',
  'token-invalid': 'seat-gone',
  'token-expired': 'seat-gone',
  'resume-invalid': 'seat-gone',
  // Whoever is back in the green room is asked for it there.
  'passcode-required': 'seat-gone',
  'passcode-wrong': 'seat-gone',
  'too-many-requests': 'busy',
  'server-draining': 'restarting',
  timeout: 'unreachable',
  internal: 'fault',
  forbidden: 'forbidden',
  'origin-refused': 'wrong-origin',
  // Only a page and a server of different versions misunderstand each other.
  'invalid-payload': 'outdated',
  'unknown-request': 'outdated',
  'wrong-state': 'outdated',
  'participant-not-found': 'outdated',
};

const troubles: Partial<Record<RefusalCode, JoinTrouble>> = {
  'meeting-full': 'full',
  'meeting-locked': 'locked',
  'passcode-wrong': 'passcode-wrong',
  'passcode-required': 'passcode-required',
  'too-many-requests': 'too-many-tries',
  'server-draining': 'restarting',
  internal: 'fault',
  timeout: 'unreachable',
};

/** Which screen an error needs. Whatever is no refusal is a server that does not do its part. */
export function problemOf(error: unknown): Problem {
  return error instanceof Refusal ? problems[error.code] : 'unreachable';
}

/** What to say beside the Join button about an error; null if it rather needs a screen. */
export function joinTroubleOf(error: unknown): JoinTrouble | null {
  return error instanceof Refusal ? (troubles[error.code] ?? null) : 'unreachable';
}

const passing: Problem[] = [
  'full',
  'locked',
  'seat-gone',
  'busy',
  'restarting',
  'fault',
  'unreachable',
];

/** Whether one may be in the meeting again a moment later, so that camera and microphone are worth keeping. */
export function isPassing(problem: Problem): boolean {
  return passing.includes(problem);
}

/** Whether the seat itself may still be there, so that the same way back is worth another try. */
export function mayStillHaveSeat(error: unknown): boolean {
  return ['busy', 'restarting', 'fault', 'unreachable'].includes(problemOf(error));
}

/** Whether a host has to let one in first. */
export function isToKnock(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'knock-required';
}
