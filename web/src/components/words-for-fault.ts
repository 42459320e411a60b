import { Refusal } from '@confab/protocol';
import * as m from '../paraglide/messages.js';

/** Why what a host asked of the server came to nothing. */
export function wordsForFault(error: unknown): string {
  const isForbidden = error instanceof Refusal && error.code === 'forbidden';
  return isForbidden ? m.host_not_yours() : m.policy_failed();
}
