import type { LinkStanding } from '@confab/protocol';
import type { Participant } from '../call/participant.svelte.ts';
import * as m from '../paraglide/messages.js';

/** How one stands with a participant, for a label of its own; '' while all is well, since that needs no words. */
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
    case 'closed':
      return m.link_closed();
    case 'restoring':
    case 'reconnecting':
      return m.reconnecting();
  }
}

/** How a link stands, for a list or a table of links; null where nobody has said. */
export function wordForLink(standing: LinkStanding | null): string {
  switch (standing) {
    case 'ok':
      return m.standing_ok();
    case 'weak':
      return m.standing_weak();
    case 'connecting':
      return m.standing_connecting();
    case 'restoring':
      return m.standing_restoring();
    case 'lost':
      return m.standing_lost();
    case null:
      return m.standing_unknown();
  }
}
