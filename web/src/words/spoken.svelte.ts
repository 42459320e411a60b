import { untrack } from 'svelte';
import { persist } from '../loading/persist.ts';
import { markPage, preferredLanguage, rememberLanguage } from './language-choice.ts';
import { isAlike, type Language } from './languages.ts';
import type { Message, WordFile } from './message.ts';
import { fetchWords } from './word-files.ts';

/** Whatever has read a word is drawn anew when another language is spoken; not when more words come, which nothing has read before. */
let spoken: Language = $state(preferredLanguage());
/** The language wanted last, while its words are on their way. */
let goal: Language = untrack(() => spoken);
/** Which parts of the words have been wanted so far, one bit each. */
let wanted = 0;
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- the language alone is watched
const messages = new Map<Language, Message[]>();
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
const arrivals = new Map<string, Promise<void>>();

export function spokenLanguage(): Language {
  return spoken;
}

/** Which message is number `index`; undefined if its part has not been brought. */
export function messageAt(index: number): Message | undefined {
  return messages.get(spoken)?.[index];
}

/** Has parts of the words fetched in the language that is spoken. Throws when several tries were of no use. */
export async function bringWords(parts: number): Promise<void> {
  wanted |= parts;
  // Whoever asks for a module must not ask anew when the language changes: a screen would be made again, and a meeting left.
  const now = () => untrack(() => spoken);
  let language;
  do {
    language = now();
    await bringAll(language);
  } while (language !== now());
}

/** Speaks `language` from now on, and the next time too. Throws, and goes on as before, if its words cannot be fetched. */
export async function speak(language: Language): Promise<void> {
  goal = language;
  await bringAll(language);
  if (goal !== language) return;
  spoken = language;
  rememberLanguage(language);
  markPage(language);
}

/** Fetches a module, and the words it needs with it (build/word-tables.ts). */
export async function withWords<Module>(
  parts: number,
  load: () => Promise<Module>,
): Promise<Module> {
  const [module] = await Promise.all([load(), bringWords(parts)]);
  return module;
}

/**
 * The tag to format numbers, dates and lists by: the browser's own, with its region, where it is of the language that is spoken.
 * Arabic is written with the digits that its messages have.
 */
export function formatTag(): string {
  if (spoken === 'ar') return 'ar-u-nu-latn';
  return navigator.languages.find((tag) => isAlike(tag, spoken)) ?? spoken;
}

/** All that has been wanted so far, and while it was on its way. */
async function bringAll(language: Language): Promise<void> {
  let parts;
  do {
    parts = wanted;
    const bits = Array.from(parts.toString(2)).reverse();
    await Promise.all(
      bits.map((bit, part) => (bit === '1' ? bring(language, part) : Promise.resolve())),
    );
  } while (parts !== wanted);
}

function bring(language: Language, part: number): Promise<void> {
  const key = `${language} ${part}`;
  const arrival = arrivals.get(key) ?? persist(() => fetchWords(language, part)).then(keep);
  arrivals.set(key, arrival);
  // Whoever waits for it hears of the failure; the next one asks again.
  arrival.catch(() => arrivals.delete(key));
  return arrival;

  function keep({ from, messages: arrived }: WordFile): void {
    const table = messages.get(language) ?? [];
    for (const [at, message] of arrived.entries()) table[from + at] = message;
    messages.set(language, table);
  }
}
