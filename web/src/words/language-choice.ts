import { Stored } from '../call/stored.ts';
import { bestLanguage, directionOf, isLanguage, type Language } from './languages.ts';

const KEY = 'confab:language';
const stored = new Stored(() => localStorage);

/** The language that was chosen in this browser, or the one that its settings ask for. */
export function preferredLanguage(): Language {
  return stored.read(KEY, isLanguage) ?? bestLanguage(navigator.languages);
}

export function rememberLanguage(language: Language): void {
  stored.write(KEY, language);
}

/** Tells the browser in which language, and in which direction, the page is. */
export function markPage(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}
