import { parse, type AST } from 'svelte/compiler';
import { expect, it } from 'vitest';

const components = import.meta.glob<string>('../**/*.svelte', {
  query: '?raw',
  import: 'default',
  eager: true,
});
/** Attributes that somebody reads or hears. */
const READ = new Set([
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
  'hint',
  'text',
  'action',
]);
/** Expressions that are no text: what is compared, called, fetched, listed, measured. */
const SILENT = new Set([
  'ArrayExpression',
  'BinaryExpression',
  'CallExpression',
  'ImportExpression',
  'StyleDirective',
]);
const LETTERS = /\p{L}{2}/u;

it.each(Object.entries(components))('%s has no text outside the catalogue', (_, source) => {
  expect(textsIn(parse(source, { modern: true }).fragment)).toEqual([]);
});

it('finds texts and labels', () => {
  const source =
    '<p title="Read me">Say <b>{m.x()}</b></p><Row label={`Now ${x}`} class="quiet" />';
  expect(textsIn(parse(source, { modern: true }).fragment)).toEqual(['Read me', 'Say', 'Now']);
});

type Node = { type: string; name?: string; [key: string]: unknown };

/** What stands in the markup itself, and in attributes that are read. Names of keys and programs are nobody's language. */
function textsIn(root: AST.Fragment): string[] {
  const found: string[] = [];
  visit(root, false);
  return found;

  function visit(value: unknown, isRead: boolean): void {
    if (Array.isArray(value)) value.forEach((one) => visit(one, isRead));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const node = value as Node;
    if (node.type === 'RegularElement' && (node.name === 'code' || node.name === 'kbd')) return;
    if (node.type === 'Attribute') visit(node.value, READ.has(node.name ?? ''));
    else if (node.type === 'Text') note(String(node.data), isRead);
    else if (isRead && node.type === 'Literal' && typeof node.value === 'string')
      note(node.value, true);
    else if (isRead && node.type === 'TemplateElement')
      note((node.value as { raw: string }).raw, true);
    else if (!SILENT.has(node.type))
      for (const [key, inner] of Object.entries(node))
        if (key !== 'parent') visit(inner, isInText(node, isRead));
  }

  function note(text: string, counts: boolean): void {
    if (counts && LETTERS.test(text)) found.push(text.trim());
  }

  function isInText(node: Node, isRead: boolean): boolean {
    return isRead || node.type === 'Fragment';
  }
}
