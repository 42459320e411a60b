import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import LazyPart from './LazyPart.svelte';
import { fetchAhead } from '../loading/fetch-ahead.ts';

const children = createRawSnippet((loaded: () => unknown) => ({
  render: () => `<b>${String(loaded())}</b>`,
}));
const part = { default: 'the part' };
let shown: ReturnType<typeof show> | undefined;

function show(props: { load: () => Promise<typeof part>; isPassing?: boolean }) {
  return mount(LazyPart, { target: document.body, props: { children, ...props } });
}

/** What is on the page once everything has settled. */
async function text() {
  await new Promise((resolve) => setTimeout(resolve));
  flushSync();
  return document.body.textContent.replace(/\s+/g, ' ').trim();
}

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = undefined;
  document.body.textContent = '';
});

it('a part that cannot be had says so, and is fetched again when one tries', async () => {
  const load = vi.fn(() => Promise.resolve(part)).mockRejectedValueOnce(new Error('no line'));
  shown = show({ load });
  expect(await text()).toContain('could not be loaded');
  document.querySelector('button')?.click();
  expect(await text()).toBe('the part');
  expect(load).toHaveBeenCalledTimes(2);
});

it('one that passes says nothing where it cannot be had', async () => {
  shown = show({ load: () => Promise.reject(new Error('no line')), isPassing: true });
  expect(await text()).toBe('');
});

it('what is fetched ahead in vain is told only when it is wanted', async () => {
  const load = vi.fn(() => Promise.reject(new Error('no line')));
  fetchAhead(load);
  fetchAhead(undefined);
  expect(await text()).toBe('');
  expect(load).toHaveBeenCalledOnce();
});
