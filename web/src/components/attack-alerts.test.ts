import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Refusals } from '../call/refusals.svelte.ts';
import AttackAlerts from './AttackAlerts.svelte';
import Shield from './Shield.svelte';

const refused = { fingerprint: 1, altered: 0, repeated: 0, stale: 0 };
let parts: object[];

beforeEach(() => {
  document.body.replaceChildren();
  const refusals = new Refusals();
  refusals.show('ada', 'Ada', refused);
  refusals.show('bo', 'Bo', refused);
  parts = [Shield, AttackAlerts].map((part) =>
    mount(part, { target: document.body, props: { refusals } }),
  );
  flushSync();
});
afterEach(() => Promise.all(parts.map((part) => unmount(part))));

const dismissals = () => [...document.querySelectorAll<HTMLElement>('[role="alert"] button')];

it('R26 whoever dismisses a warning is where it can be read up, not nowhere', async () => {
  for (const left of [1, 0]) {
    const [button] = dismissals();
    button?.focus();
    button?.click();
    await vi.waitFor(() => expect(dismissals()).toHaveLength(left));
    await vi.waitFor(() => expect(document.activeElement?.textContent).toContain('attacked'));
  }
});
