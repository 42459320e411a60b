import * as m from '../paraglide/messages.js';
import { inList } from '../words/list.ts';
import { isolated } from './isolated.ts';
import type { RosterChange } from './roster-changes.ts';

const GATHER_MS = 400;
const NAMED_AT_MOST = 3;

/** Two people by name, oneself as in a sentence; null stands for a name that could not be read. */
export type NamedPair = [one: string | null, other: string | null];

/** What can happen to a meeting's people and links. */
export type News = RosterChange & {
  /** Pairs whose connection has been interrupted for a while, and those that work again. */
  troubled: NamedPair[];
  healed: NamedPair[];
  /** Who put a hand up. */
  raised: (string | null)[];
};

/** What a screen reader is told about the meeting: one sentence for each kind of news, however much happens at once. */
export class Announcer {
  #text = $state('');
  #news = nothing();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get text(): string {
    return this.#text;
  }

  /** Says `sentence` now, also when it is the one said last: a region whose text stays the same is not read again. */
  say(sentence: string): void {
    this.#text = sentence === this.#text ? `${sentence}\u00a0` : sentence;
  }

  /** Gathers what happens within a moment, then says it. */
  note(happened: Partial<News>): void {
    if (Object.values(happened).every((some) => some.length === 0)) return;
    for (const kind of Object.keys(this.#news) as (keyof News)[])
      this.#news = { ...this.#news, [kind]: [...this.#news[kind], ...(happened[kind] ?? [])] };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.say(sentenceFor(this.#news));
      this.#news = nothing();
    }, GATHER_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}

/** "Ada and Bo joined. Cy and 4 others left." */
export function sentenceFor({ joined, left, removed, raised, troubled, healed }: News): string {
  const sentences = [
    joined.length > 0 ? m.announced_joined({ who: listed(joined) }) : '',
    left.length > 0 ? m.announced_left({ who: listed(left) }) : '',
    removed.length > 0 ? m.announced_removed({ who: listed(removed), count: removed.length }) : '',
    raised.length > 0 ? m.announced_raised({ who: listed(raised) }) : '',
    about(troubled, m.announced_trouble, m.announced_troubles),
    about(healed, m.announced_healed, m.announced_healed_many),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function nothing(): News {
  return { joined: [], left: [], removed: [], troubled: [], healed: [], raised: [] };
}

/** "Ada", "Ada and Bo", "Ada and 4 others". */
export function listed(names: (string | null)[]): string {
  const [first = null] = names;
  if (names.length > NAMED_AT_MOST)
    return m.people_and_others({ who: inSentence(first), count: names.length - 1 });
  return inList(names.map(inSentence));
}

function about(
  pairs: NamedPair[],
  single: (names: { one: string; other: string }) => string,
  several: (number: { count: number }) => string,
): string {
  const [first] = pairs;
  if (first === undefined) return '';
  if (pairs.length > 1) return several({ count: pairs.length });
  return single({ one: inSentence(first[0]), other: inSentence(first[1]) });
}

function inSentence(name: string | null): string {
  return name === null ? m.unnamed() : isolated(name);
}
