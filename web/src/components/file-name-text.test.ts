import { flushSync, mount, unmount } from 'svelte';
import { expect, it } from 'vitest';
import FileName from './FileName.svelte';

it('a name that is cut in two is read out once, as a whole', () => {
  const part = mount(FileName, { target: document.body, props: { name: 'quarterly figures.zip' } });
  flushSync();
  const all = [...document.querySelectorAll('bdi > span')];
  const spoken = all.filter((one) => one.getAttribute('aria-hidden') !== 'true');
  expect(spoken.map((one) => one.textContent)).toEqual(['quarterly figures.zip']);
  const drawn = all.filter((one) => !spoken.includes(one));
  expect(drawn.map((one) => one.textContent).join('')).toBe('quarterly figures.zip');
  void unmount(part);
});
