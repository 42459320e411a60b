declare module 'virtual:all-words' {
  import type { WordFile } from '../message.ts';
  /** Every file of words by its language and part: `en-0` (build/word-tables.ts). */
  const words: Record<string, WordFile>;
  export default words;
}
