import type { Participant } from '../call/participant.svelte.ts';
import * as m from '../paraglide/messages.js';

/** How one stands with a participant, for a label; '' while all is well, since that needs no words. */
export function wordsForStanding(standing: Participant['standing']): string {
  switch (standing) {
    case 'ok':
      return '';
    case 'weak':
      return m.link_weak();
    case 'connecting':
      return m.link_connecting();
    case 'lost':
      return m.link_lost();
    case 'restoring':
    case 'reconnecting':
      return m.reconnecting();
  }
}
