import type { NodeReport } from '@confab/protocol';
import { flushSync, mount, unmount } from 'svelte';
import { expect, it } from 'vitest';
import WebhookNote from './WebhookNote.svelte';

const at = Date.UTC(2026, 0, 1);

/** What it says of nodes that send webhooks like this. */
function said(...webhooks: NodeReport['webhooks'][]): string {
  const nodes = webhooks.map((one) => ({ at, webhooks: one }) as NodeReport);
  const note = mount(WebhookNote, { target: document.body, props: { nodes } });
  flushSync();
  const text = document.body.innerText;
  void unmount(note);
  return text.trim();
}

it('R113 an operator reads whether webhooks arrive, and nothing where there are none', () => {
  expect(said(undefined, undefined)).toBe('');
  const well = { pending: 2, failingSince: null };
  expect(said(undefined, well, well)).toBe(
    'Webhooks are on, and every receiver accepts them. Events that wait: 4.',
  );
  const failing = { pending: 3, failingSince: at - 90_000 };
  expect(said(well, failing, { ...failing, failingSince: at - 5_000 })).toBe(
    'Webhooks: a receiver has accepted nothing for 1 min 30 sec. Events that wait: 8.',
  );
});
