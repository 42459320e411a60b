import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import PasscodeSetting from './PasscodeSetting.svelte';

let isTaken: boolean;
let one: object;
const onchange = vi.fn(() => Promise.resolve(isTaken));

beforeEach(() => {
  onchange.mockClear();
  one = mount(PasscodeSetting, {
    target: document.body,
    props: { isSet: false, isBusy: false, onchange },
  });
});
afterEach(() => unmount(one));

function types(text: string) {
  const input = document.querySelector('input');
  if (input === null) throw new Error('There is no field.');
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}

async function submits() {
  const form = document.querySelector('form');
  form?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
  await Promise.resolve();
  flushSync();
}

it('one that was typed and set is sent once', async () => {
  isTaken = true;
  types('sesame');
  await submits();
  expect(onchange.mock.calls).toEqual([['sesame']]);
});

it('one that the server did not take is sent again, as often as somebody tries', async () => {
  isTaken = false;
  types('sesame');
  await submits();
  await submits();
  await submits();
  expect(onchange.mock.calls).toEqual([['sesame'], ['sesame'], ['sesame']]);
});

it('the same is set anew where another host may have set another one', async () => {
  isTaken = true;
  types('sesame');
  await submits();
  await submits();
  expect(onchange).toHaveBeenCalledTimes(2);
});
