import { formatTag } from './spoken.svelte.ts';

/** Makes a format when it is first needed, and another one when another language is spoken: making one takes milliseconds. */
export function perLanguage<Format>(make: (tag: string) => Format): () => Format {
  let made: { tag: string; format: Format } | undefined;
  return () => {
    const tag = formatTag();
    if (made?.tag !== tag) made = { tag, format: make(tag) };
    return made.format;
  };
}
