import type { Call } from '../call/call.svelte.ts';
import * as m from '../paraglide/messages.js';

/** `isMissed`: what is lost is missed, so that somebody may want to do something about it. */
export type ConnectionWords = { title: string; text: string; isMissed: boolean };

/**
 * What to say about the server's connection: how it stands, what works all the same (R35), and what to do. Nothing while there is
 * nothing to say. `isOnline` is what the browser knows of its network.
 */
export function wordsForConnection(
  { status, interruption, participants }: Pick<Call, 'status' | 'interruption' | 'participants'>,
  isOnline: boolean,
): ConnectionWords | null {
  if (status.status === 'connecting') {
    return { title: m.banner_connecting(), text: '', isMissed: false };
  }
  if (status.status !== 'reconnecting' || interruption.extent === 'none') return null;
  const others = [...participants.values()].filter(({ isSelf }) => !isSelf);
  const isReached = others.some((other) => other.isReached);
  const isMissed = !isReached || interruption.extent === 'long';
  const sentences = [
    isOnline ? '' : m.banner_offline(),
    status.forgotten ? m.banner_forgotten() : '',
    whatWorks(others.length > 0, isReached, status.forgotten ?? false),
    isMissed ? m.banner_stay() : '',
  ];
  return {
    title: m.banner_reconnecting({ attempt: status.attempt }),
    text: sentences.filter((sentence) => sentence !== '').join(' '),
    isMissed,
  };
}

function whatWorks(hasOthers: boolean, isReached: boolean, isForgotten: boolean): string {
  if (isReached) return m.banner_works();
  if (hasOthers) return m.banner_nobody();
  return isForgotten ? '' : m.banner_alone();
}
