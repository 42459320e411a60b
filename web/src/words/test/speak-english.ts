// Before each file of tests: all words are there, in English, with no server to fetch them from.
import words from 'virtual:all-words';
import { vi } from 'vitest';
import { bringWords } from '../spoken.svelte.ts';
import type * as wordFiles from '../word-files.ts';

vi.mock('../word-files.ts', async (original) => ({
  ...(await original<typeof wordFiles>()),
  fetchWords: (language: string, part: number) => Promise.resolve(words[`${language}-${part}`]),
}));
await bringWords(0b1111);
