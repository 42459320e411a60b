import { perLanguage } from './per-language.ts';

const formats = perLanguage((tag) => new Intl.ListFormat(tag));

/** "Ada, Bo and Cy". One alone is no list: a format for it costs a slow computer 30 ms, just when somebody is being connected. */
export function inList(parts: readonly string[]): string {
  const [first = ''] = parts;
  return parts.length > 1 ? formats().format(parts) : first;
}
