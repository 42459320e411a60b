import type { ParticipantView } from '../connection/meeting-events.ts';
import * as m from '../paraglide/messages.js';
import { isolated } from './isolated.ts';

/** Says that somebody is a host now, or none any more. */
export function wordsForRole({ isSelf, name, role }: ParticipantView): string {
  const isHost = role === 'host';
  if (isSelf) return isHost ? m.announced_own_host() : m.announced_own_unmade();
  const who = isolated(name ?? m.unnamed());
  return isHost ? m.announced_host({ who }) : m.announced_unmade({ who });
}

/** Says that somebody shares a screen now, or none any more. */
export function wordsForSharing({ name, media }: ParticipantView): string {
  const who = name ?? m.unnamed();
  return media.screen ? m.announced_sharing({ who }) : m.announced_shared({ who });
}
