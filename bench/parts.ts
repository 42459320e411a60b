import { compareInBrowser, weighPages } from './browser/browser-figures.ts';
import type { Figure } from './figures.ts';
import { memoryFigure } from './memory/memory-figure.ts';
import { relayFigure } from './relay/relay-figure.ts';

type Part = {
  /** How often each side is measured, unless `--rounds` says otherwise. */
  rounds: number;
  measure: (rounds: number) => Promise<Figure[]>;
};

/** What `npm run bench -- <part>…` can measure. */
export const parts: Record<string, Part> = {
  'first-frame': { rounds: 10, measure: (rounds) => compareInBrowser('first-frame', rounds) },
  'four-people': { rounds: 6, measure: (rounds) => compareInBrowser('four-people', rounds) },
  'green-room': { rounds: 8, measure: (rounds) => compareInBrowser('green-room', rounds) },
  relay: { rounds: 5, measure: relayFigure },
  memory: { rounds: 3, measure: memoryFigure },
  weight: { rounds: 1, measure: weighPages },
};
