import { expect, it } from 'vitest';

const sheets = {
  ...import.meta.glob<string>('../**/*.svelte', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob<string>('../**/*.css', { query: '?raw', import: 'default', eager: true }),
};

/** A bar that grows from where the line begins, and a drawing that has no lines. */
const TURNED_BY_HAND = ['../components/LevelBar.svelte', '../components/board/BoardSurface.svelte'];

it.each(Object.entries(sheets).filter(([name]) => !TURNED_BY_HAND.includes(name)))(
  '%s says start and end, which Arabic turns round, and not left and right',
  (name, source) => {
    expect(sidesIn(name.endsWith('.css') ? source : stylesOf(source))).toEqual([]);
  },
);

it('finds sides by their names, and by their places in a list', () => {
  const css = `a { margin-left: 1px; text-align: right; padding: 0 1px 0 2px; inset: auto auto 0 50%;
    inset: auto calc(1px + (2px)) 0 auto; margin: 1px 2px 3px; border-radius: 1px 2px 2px 2px }`;
  expect(sidesIn(css)).toEqual([
    'margin-left: 1px',
    'text-align: right',
    'padding: 0 1px 0 2px',
    'inset: auto calc(1px + (2px)) 0 auto',
    'border-radius: 1px 2px 2px 2px',
  ]);
});

/** Declarations that say left or right where lines may run either way. */
function sidesIn(css: string): string[] {
  const declarations = [...css.matchAll(/([\w-]+)\s*:\s*([^;{}]+)/g)];
  return declarations
    .filter(([, property = '', value = '']) => isSided(property, value.trim()))
    .map(([, property, value]) => `${property}: ${value?.trim()}`);
}

function isSided(property: string, value: string): boolean {
  if (/(^|-)(left|right)(-|$)/.test(property)) return true;
  if (['text-align', 'float', 'clear', 'transform-origin'].includes(property))
    return /\b(left|right)\b/.test(value);
  // A device's own edges do not turn round.
  const [top, right, bottom, left] = listed(value.replaceAll('inset-left', 'inset-right'));
  if (property === 'border-radius') return left !== undefined && (top !== right || bottom !== left);
  // What is in the middle is so either way.
  return FOUR_SIDED.has(property) && left !== undefined && left !== right && left !== '50%';
}

const FOUR_SIDED = new Set(['padding', 'margin', 'inset', 'border-width', 'border-color']);

/** The values of a list; a function's, whatever is in its brackets, is one. */
function listed(value: string): string[] {
  const found = [''];
  let depth = 0;
  for (const character of value.replace(/\s+/g, ' ')) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ' ' && depth === 0) found.push('');
    else found.push((found.pop() ?? '') + character);
  }
  return found;
}

function stylesOf(source: string): string {
  return /<style>([\s\S]*)<\/style>/.exec(source)?.[1] ?? '';
}
