import { expect, it } from 'vitest';
import { clockOf } from './clock-words.ts';

it.each([
  [0.9, '0:00'],
  [67, '1:07'],
  [3_599.99, '59:59'],
  [3_753, '1:02:33'],
])('%d seconds are %s', (seconds, words) => expect(clockOf(seconds)).toBe(words));
