import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import LazyPart from './LazyPart.svelte';
import { fetchAhead } from '../loading/fetch-ahead.ts';
import { NotThere } from '../loading/persist.ts';

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

it('one that passes says nothing where it cannot be had, and is fetched until it is there', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const refused = new Error('no line');
  const load = vi.fn(() => Promise.resolve(part));
  load.mockRejectedValueOnce(refused).mockRejectedValueOnce(refused);
  shown = show({ load, isPassing: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(document.body.textContent.trim()).toBe('');
  expect(load).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  expect(await text()).toBe('the part');
  expect(load).toHaveBeenCalledTimes(3);
});

it('one that passes says nothing where the server does not have it any more either, and is not asked for again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const load = vi.fn(() => Promise.reject(new NotThere('/assets/part.js')));
  shown = show({ load, isPassing: true });
  await vi.advanceTimersByTimeAsync(600_000);
  vi.useRealTimers();
  expect(await text()).toBe('');
  expect(load).toHaveBeenCalledOnce();
});

it('one that passes is not fetched any more when it is not wanted any more', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const load = vi.fn(() => Promise.reject(new Error('no line')));
  shown = show({ load, isPassing: true });
  await vi.advanceTimersByTimeAsync(0);
  await unmount(shown);
  shown = undefined;
  await vi.advanceTimersByTimeAsync(600_000);
  vi.useRealTimers();
  expect(load).toHaveBeenCalledOnce();
});

it('what is fetched ahead in vain is told only when it is wanted', async () => {
  const load = vi.fn(() => Promise.reject(new Error('no line')));
  fetchAhead(load);
  fetchAhead(undefined);
  expect(await text()).toBe('');
  expect(load).toHaveBeenCalledOnce();
});
