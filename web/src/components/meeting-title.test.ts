import { expect, it } from 'vitest';
import { titleOf } from './meeting-title.ts';

const calm = { unread: 0, speaker: null, people: 3, isMuted: false };

it.each([
  [calm, '3 people · Confab'],
  [{ ...calm, people: 1 }, 'In a meeting · Confab'],
  [{ ...calm, isMuted: true }, '3 people · Muted · Confab'],
  [{ ...calm, speaker: 'Ada' }, 'Ada is speaking · Confab'],
  [{ ...calm, unread: 2, speaker: 'Ada', isMuted: true }, '(2) Ada is speaking · Muted · Confab'],
])('%j is %j', (moment, title) => {
  expect(titleOf(moment)).toBe(title);
});
