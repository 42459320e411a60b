/** The languages that Confab speaks, each by its own name (BCP 47 tags). */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  'zh-Hans': '简体中文',
  ar: 'العربية',
} as const;

export type Language = keyof typeof LANGUAGES;

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(LANGUAGES, value);
}

/** The first of somebody's languages that Confab speaks, in whichever of its regions; English if there is none. */
export function bestLanguage(wanted: readonly string[]): Language {
  const spoken = Object.keys(LANGUAGES).filter(isLanguage);
  const fitting = wanted.map((tag) => spoken.find((language) => isAlike(language, tag)));
  return fitting.find((language) => language !== undefined) ?? 'en';
}

/** Whether two tags name the same language, whatever they say of script and region. */
export function isAlike(one: string, other: string): boolean {
  return primaryOf(one) === primaryOf(other);
}

/** Where a line of it begins. Asked of a list, because an `Intl.Locale` costs a slow computer 20 ms. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

const primaryOf = (tag: string) => tag.split('-')[0]?.toLowerCase();
