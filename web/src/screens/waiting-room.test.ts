import { createRawSnippet, mount, unmount } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import type { Waiting } from '../call/waiting.svelte.ts';
import WaitingRoom from './WaitingRoom.svelte';

const children = createRawSnippet(() => ({ render: () => '<i></i>' }));
let shown: object;
afterEach(() => unmount(shown));

/** What whoever waits so reads about their place. */
function standing(waiting: Partial<Waiting>): string | undefined {
  const whole = { isReached: true, isBusy: false, place: 0, isSingledOut: false, notes: [] };
  const props = { waiting: { ...whole, ...waiting } as unknown as Waiting, children };
  shown = mount(WaitingRoom, { target: document.body, props });
  return document.querySelector('[role=status]')?.textContent;
}

it.each<[Partial<Waiting>, string]>([
  [{ place: 3 }, 'number 3'],
  [{ place: 3, isReached: false }, 'Your place is kept'],
  [{ isBusy: true }, 'Many are asking'],
  // While it is asked again.
  [{ isBusy: true, isReached: false }, 'Many are asking'],
])('R71 whoever waits reads how they stand (%j)', (waiting, words) => {
  expect(standing(waiting)).toContain(words);
});

it('R80 whoever waits reads what whoever runs the server says, and what a host says', () => {
  standing({
    notes: [
      { name: 'Bo', text: 'Soon' },
      { name: null, text: 'Back at noon' },
    ],
  });
  const notes = [...document.querySelectorAll('[role=log] p')].map(({ textContent }) =>
    textContent.replace(/\s+/g, ' ').trim(),
  );
  expect(notes).toEqual([
    expect.stringMatching(/^Bo ?Soon$/),
    'From whoever runs this server: Back at noon',
  ]);
});
