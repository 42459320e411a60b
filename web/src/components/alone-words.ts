import type { Policy } from '@confab/protocol';
import * as m from '../paraglide/messages.js';

/** What whoever is alone in a meeting should know of the link before they send it: what it takes to come in. */
export function wordsForAlone(policy: Policy | null): string {
  if (policy?.locked) return m.alone_text_locked();
  if (policy?.waitingRoom && policy.passcode) return m.alone_text_both();
  if (policy?.waitingRoom) return m.alone_text_waiting();
  return policy?.passcode ? m.alone_text_passcode() : m.alone_text();
}
