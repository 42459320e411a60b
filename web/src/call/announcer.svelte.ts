import * as m from '../paraglide/messages.js';
import type { RosterChange } from './roster-changes.ts';

const GATHER_MS = 400;
const NAMED_AT_MOST = 3;

/** What a screen reader is told about the meeting: joined and left in one sentence each, however many at once. */
export class Announcer {
  #text = $state('');
  #joined: (string | null)[] = [];
  #left: (string | null)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  get text(): string {
    return this.#text;
  }

  /** Says `sentence` now. */
  say(sentence: string): void {
    this.#text = sentence;
  }

  /** Gathers what happens within a moment, then says it. */
  note(change: RosterChange): void {
    this.#joined.push(...change.joined);
    this.#left.push(...change.left);
    if (this.#joined.length + this.#left.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.say(sentenceFor({ joined: this.#joined, left: this.#left }));
      this.#joined = [];
      this.#left = [];
    }, GATHER_MS);
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}

/** "Ada and Bo joined. 5 people left." */
export function sentenceFor({ joined, left }: RosterChange): string {
  const sentences = [
    joined.length > 0 ? m.announced_joined({ who: listed(joined) }) : '',
    left.length > 0 ? m.announced_left({ who: listed(left) }) : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function listed(names: (string | null)[]): string {
  if (names.length > NAMED_AT_MOST) return m.people_count({ count: names.length });
  return new Intl.ListFormat('en').format(names.map((name) => name ?? m.unnamed()));
}
