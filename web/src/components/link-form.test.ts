import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import { address } from '../address.svelte.ts';
import LinkForm from './LinkForm.svelte';

const way = `/m/${'A'.repeat(22)}#${'B'.repeat(42)}A`;
let form: object;
afterEach(() => unmount(form));

it.each([way, `${way}.eyJhbGci.eyJpc3Mi.c2ln`])('opens the link that is pasted: %s', (link) => {
  form = mount(LinkForm, { target: document.body });
  const field = document.querySelector('input');
  if (!field) throw new Error('there is no field');
  field.value = `Come to ${location.origin}${link} at noon`;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  field.form?.requestSubmit();
  const { pathname, hash } = new URL(address.href);
  expect(pathname + hash).toBe(link);
});
