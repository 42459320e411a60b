import { isolated } from '../call/isolated.ts';
import * as m from '../paraglide/messages.js';

type Moment = {
  /** Messages that nobody has looked at. */
  unread: number;
  /** Who speaks, by name; null for nobody. */
  speaker: string | null;
  /** How many are here, oneself included. */
  people: number;
  isMuted: boolean;
};

/** What the tab says about the meeting, most pressing first, since tabs are narrow: "(2) Ada is speaking · Muted · Confab". */
export function titleOf({ unread, speaker, people, isMuted }: Moment): string {
  const matter =
    speaker !== null
      ? m.title_speaking({ who: isolated(speaker) })
      : people > 1
        ? m.people_count({ count: people })
        : m.meeting_title();
  const parts = [matter, isMuted ? m.muted() : '', m.app_name()].filter((part) => part !== '');
  return `${unread > 0 ? `(${unread}) ` : ''}${parts.join(' · ')}`;
}
