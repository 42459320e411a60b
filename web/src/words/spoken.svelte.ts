import { persist } from '../loading/persist.ts';
import { markPage, preferredLanguage, rememberLanguage } from './language-choice.ts';
import { isAlike, type Language } from './languages.ts';
import type { Message, WordFile } from './message.ts';
import { fetchWords } from './word-files.ts';

/** A language, and its messages in those parts (one bit each) that are here. */
type Spoken = { language: Language; parts: number; messages: readonly Message[] };

/** Whatever has read a word is drawn anew when another language is spoken. */
let spoken: Spoken = $state.raw({ language: preferredLanguage(), parts: 0, messages: [] });
/** The language wanted last, while its words are on their way. */
let goal: Language = spoken.language;
/** Which parts of the words have been wanted so far, one bit each. */
let wanted = 0;
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
const files = new Map<string, Promise<WordFile>>();

export function spokenLanguage(): Language {
  return spoken.language;
}

/** Which message is number `index`; undefined if its part has not been asked for. */
export function messageAt(index: number): Message | undefined {
  return spoken.messages[index];
}

/** Has parts of the words fetched in the language that is spoken. Throws when several tries were of no use. */
export async function bringWords(parts: number): Promise<void> {
  wanted |= parts;
  while ((spoken.parts & parts) !== parts) {
    const { language } = spoken;
    const whole = await wholeOf(language);
    // Another language may be spoken by now.
    if (language === spoken.language) spoken = whole;
  }
}

/** Speaks `language` from now on, and the next time too. Throws, and goes on as before, if its words cannot be fetched. */
export async function speak(language: Language): Promise<void> {
  goal = language;
  const whole = await wholeOf(language);
  if (goal !== language) return;
  spoken = whole;
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
  const { language } = spoken;
  if (language === 'ar') return 'ar-u-nu-latn';
  return navigator.languages.find((tag) => isAlike(tag, language)) ?? language;
}

/** All that has been wanted so far, and while it was on its way. */
async function wholeOf(language: Language): Promise<Spoken> {
  const messages: Message[] = [];
  let parts;
  do {
    parts = wanted;
    const numbers = Array.from(parts.toString(2))
      .toReversed()
      .flatMap((bit, at) => (bit === '1' ? [at] : []));
    for (const file of await Promise.all(numbers.map((part) => fileOf(language, part))))
      for (const [at, message] of file.messages.entries()) messages[file.from + at] = message;
  } while (parts !== wanted);
  return { language, parts, messages };
}

function fileOf(language: Language, part: number): Promise<WordFile> {
  const key = `${language} ${part}`;
  const file = files.get(key) ?? persist(() => fetchWords(language, part));
  files.set(key, file);
  // Whoever waits for it hears of the failure; the next one asks again.
  file.catch(() => files.delete(key));
  return file;
}
