import { expect, it } from 'vitest';

const sources = import.meta.glob<string>(
  ['./**/*.{ts,svelte}', '!./paraglide/**', '!./**/*.test.ts'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);
const [english = '{}'] = Object.values(
  import.meta.glob<string>('../messages/en.json', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);
const written = Object.keys(JSON.parse(english) as object).filter((key) => !key.startsWith('$'));
const used = new Set(
  Object.values(sources).flatMap((source) =>
    [...source.matchAll(/(?<![\w./])m\.([a-z]\w*)/g)].map(([, key]) => key ?? ''),
  ),
);

it('every word is used somewhere', () => {
  expect(written.length).toBeGreaterThan(100);
  expect(written.filter((key) => !used.has(key))).toEqual([]);
});

it('every word that is used is written', () => {
  expect([...used].filter((key) => !written.includes(key))).toEqual([]);
});
