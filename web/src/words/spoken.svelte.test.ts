import { flushSync } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import * as m from '../paraglide/messages.js';
import { formatTag, speak, spokenLanguage, withWords } from './spoken.svelte.ts';
import { NotThere } from '../loading/persist.ts';
import * as wordFiles from './word-files.ts';

afterEach(async () => {
  vi.restoreAllMocks();
  await speak('en');
  localStorage.clear();
});

test('what has read a word is drawn anew in another language, and the page says which it is', async () => {
  const seen: string[] = [];
  const stop = $effect.root(() => {
    $effect(() => void seen.push(m.chat_send()));
  });
  flushSync();
  await speak('ar');
  flushSync();
  stop();
  expect(seen).toEqual(['Send', 'إرسال']);
  const { lang, dir } = document.documentElement;
  expect([lang, dir, spokenLanguage()]).toEqual(['ar', 'rtl', 'ar']);
  expect(localStorage.getItem('confab:language')).toBe('"ar"');
});

test('whoever fetches a module does not fetch it again when the language changes', async () => {
  const load = vi.fn(() => Promise.resolve());
  const stop = $effect.root(() => {
    $effect(() => void withWords(1, load));
  });
  flushSync();
  await speak('fr');
  flushSync();
  stop();
  expect(load).toHaveBeenCalledOnce();
});

test('a language whose words cannot be had is not spoken, and can be tried again', async () => {
  const fetched = vi.spyOn(wordFiles, 'fetchWords').mockRejectedValue(new NotThere(''));
  await expect(speak('es')).rejects.toThrow(NotThere);
  expect([spokenLanguage(), m.chat_send()]).toEqual(['en', 'Send']);
  fetched.mockRestore();
  await speak('es');
  expect(m.chat_send()).toBe('Enviar');
});

test('of two languages chosen at once the later is spoken', async () => {
  await Promise.all([speak('fr'), speak('de')]);
  expect(spokenLanguage()).toBe('de');
});

test.each([
  ['en', 1, 'Reconnecting, 1st try'],
  ['en', 22, 'Reconnecting, 22nd try'],
  ['fr', 1, 'Reconnexion, 1er essai'],
  ['fr', 2, 'Reconnexion, 2e essai'],
] as const)('ordinals in %s: %i', async (language, attempt, words) => {
  await speak(language);
  expect(m.banner_reconnecting({ attempt })).toBe(words);
});

test('Arabic has six plurals, and the digits that its sentences have', async () => {
  await speak('ar');
  const forms = [0, 1, 2, 3, 11, 100].map((count) => m.chat_unread({ count }));
  expect(new Set(forms.map((form) => form.replace(/\d+/, ''))).size).toBeGreaterThanOrEqual(5);
  expect(forms[3]).toBe('3 رسائل غير مقروءة');
  expect(new Intl.NumberFormat(formatTag()).format(12)).toBe('12');
});

test('a name in a sentence from right to left is isolated from it; an English one stays as it is', async () => {
  expect(m.host_actions_for({ name: 'Ada' })).toBe('Actions for Ada');
  await speak('ar');
  expect(m.host_actions_for({ name: 'Ada (work)' })).toContain('\u2068Ada (work)\u2069');
});
