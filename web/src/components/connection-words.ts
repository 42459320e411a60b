import type { ConnectionState } from '../connection/meeting-events.ts';
import * as m from '../paraglide/messages.js';

/** What to say about the server's connection; '' when there is nothing to say. Media does not depend on it (R35). */
export function wordsForConnection(status: ConnectionState): string {
  switch (status.status) {
    case 'connecting':
      return m.banner_connecting();
    case 'reconnecting':
      return m.banner_reconnecting({ attempt: status.attempt });
    case 'connected':
    case 'refused':
    case 'taken':
    case 'closed':
      return '';
  }
}
