import type { Policy } from '@confab/protocol';
import { expect, it } from 'vitest';
import { wordsForAlone } from './alone-words.ts';

const open: Policy = { locked: false, waitingRoom: false, passcode: false };

it.each<[Partial<Policy>, RegExp]>([
  [{}, /Whoever has it can come in/],
  [{ passcode: true }, /they are asked for it/],
  [{ waitingRoom: true }, /waits until a host lets them in/],
  [{ waitingRoom: true, passcode: true }, /passcode.*wait until a host lets them in/],
  [{ locked: true, waitingRoom: true, passcode: true }, /locked: nobody but hosts comes in/],
])('whoever is alone reads what it takes to come in: %j', (policy, words) => {
  expect(wordsForAlone({ ...open, ...policy })).toMatch(words);
});

it('only where whoever has the link comes in, it says so', () => {
  const said = [{ locked: true }, { waitingRoom: true }, { passcode: true }].map((policy) =>
    wordsForAlone({ ...open, ...policy }),
  );
  for (const words of said) expect(words).not.toContain('can come in');
});
