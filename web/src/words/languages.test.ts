import { expect, test } from 'vitest';
import { bestLanguage, directionOf, isLanguage } from './languages.ts';

test.each([
  [['de-AT', 'en'], 'de'],
  [['nl', 'fr-CA', 'en'], 'fr'],
  [['zh-CN'], 'zh-Hans'],
  [['ar-EG', 'en'], 'ar'],
  [['pt', 'nl'], 'en'],
  [[], 'en'],
])('of %j it is %s', (wanted, language) => {
  expect(bestLanguage(wanted)).toBe(language);
});

test('what lies in the storage is a language of ours, or none', () => {
  expect(['en', 'zh-Hans', 'zh', 'toString', 1, null].map(isLanguage)).toEqual([
    ...[true, true, false, false, false, false],
  ]);
});

test('Arabic runs from right to left', () => {
  expect([directionOf('ar'), directionOf('zh-Hans')]).toEqual(['rtl', 'ltr']);
});
