import { Refusal, type RefusalCode } from '@confab/protocol';
import type { Hindrance } from './requirements.ts';

/** Why a meeting cannot be entered, or not go on; each has its own screen and its own way on. */
export type Problem =
  Hindrance | 'no-secret' | 'not-found' | 'ended' | 'full' | 'taken' | 'unreachable';

/** Why joining just failed, although trying again in the green room is sensible. */
export type JoinTrouble =
  'full' | 'passcode-wrong' | 'passcode-required' | 'too-many-tries' | 'unreachable';

const troubles: Partial<Record<RefusalCode, JoinTrouble>> = {
  'meeting-full': 'full',
  'passcode-wrong': 'passcode-wrong',
  'passcode-required': 'passcode-required',
  'too-many-requests': 'too-many-tries',
};

const problems: Partial<Record<RefusalCode, Problem>> = {
  'meeting-not-found': 'not-found',
  'invalid-payload': 'not-found',
  'meeting-ended': 'ended',
  'meeting-full': 'full',
};

/** What to say beside the Join button about an error; null if it rather needs a screen. */
export function joinTroubleOf(error: unknown): JoinTrouble | null {
  if (problemOf(error) === 'unreachable') {
    return (error instanceof Refusal ? troubles[error.code] : undefined) ?? 'unreachable';
  }
  return error instanceof Refusal ? (troubles[error.code] ?? null) : null;
}

/** Which screen an error needs. Whatever the app has no words for is a server that does not do its part. */
export function problemOf(error: unknown): Problem {
  return (error instanceof Refusal ? problems[error.code] : undefined) ?? 'unreachable';
}
