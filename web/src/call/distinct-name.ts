import type { ParticipantView } from '../connection/meeting-events.ts';
import * as m from '../paraglide/messages.js';

/**
 * Another person's display name as it may stand beside one's own tile and row: one that reads like the word for oneself is marked as a name.
 */
export function distinctName(name: string): string {
  const skeleton = skeletonOf(name);
  const passesForOneself =
    lettersOf(skeleton) === lettersOf(skeletonOf(m.you())) ||
    skeleton.endsWith(skeletonOf(m.you_named({ name: '' })));
  return passesForOneself ? m.not_you({ name }) : name;
}

/** What a name looks like at a glance: without case, accents and spaces, letters of other scripts as the Latin ones they resemble. */
function skeletonOf(name: string): string {
  return Array.from(name.normalize('NFKD').replace(/[\p{M}\p{Z}]/gu, ''))
    .map((letter) => LATIN.get(letter) ?? letter)
    .join('')
    .toLowerCase();
}

function lettersOf(skeleton: string): string {
  return skeleton.replace(/[^\p{L}\p{N}]/gu, '');
}

/** The look-alikes of the letters in the words for oneself (from Unicode's confusables.txt), capitals and small ones apart. */
const LATIN = new Map(
  Object.entries({
    y: 'уУүҮΥγ',
    o: 'оОοΟօՕ0',
    u: 'υսՍ',
  }).flatMap(([latin, others]) => Array.from(others).map((other) => [other, latin] as const)),
);

/** The view as it is shown: what would be taken for oneself, or for nobody, is told apart. */
export function withDistinctName(view: ParticipantView): ParticipantView {
  const { isSelf, name } = view;
  return isSelf || name === null ? view : { ...view, name: distinctName(name) };
}
