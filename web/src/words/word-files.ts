import { NotThere } from '../loading/persist.ts';
import type { Language } from './languages.ts';
import type { WordFile } from './message.ts';

/** What the files' names end with, another one whenever any message changes (build/word-tables.ts). */
declare const WORDS_VERSION: string;

/** Where a part of a language's words lies. */
export function wordFile(language: Language, part: number): string {
  return `/assets/words/${language}-${part}-${WORDS_VERSION}.json`;
}

/** Throws `NotThere` if the app was updated since the page was opened. */
export async function fetchWords(language: Language, part: number): Promise<WordFile> {
  const href = wordFile(language, part);
  const response = await fetch(href);
  if (response.status === 404) throw new NotThere(href);
  if (!response.ok) throw new Error(`${href} was answered with ${response.status}.`);
  return (await response.json()) as WordFile;
}
