import type { Participant } from '../call/participant.svelte.ts';

/** In a window as large as a hand, more faces are no longer told apart. */
const MOST_PEOPLE = 4;

type Somebody = Pick<Participant, 'id' | 'isSelf' | 'isSharing'>;

/**
 * Whom the small window shows: the others' shared screens, else the first few of the others, one of whom has the floor (by id); oneself
 * only when alone. The order is that of arrival, whoever speaks.
 */
export function chooseFloating<Some extends Somebody>(people: Some[], speaker: string | null) {
  const others = people.filter(({ isSelf }) => !isSelf);
  const sharing = others.filter(({ isSharing }) => isSharing);
  const kind = sharing.length > 0 ? ('screen' as const) : ('person' as const);
  const candidates = sharing.length > 0 ? sharing : others.length > 0 ? others : people;
  const first = candidates.slice(0, MOST_PEOPLE);
  const late = candidates.slice(MOST_PEOPLE).find(({ id }) => id === speaker);
  const shown = late ? [...first.slice(0, -1), late] : first;
  return shown.map((participant) => ({ key: `${kind} ${participant.id}`, kind, participant }));
}
