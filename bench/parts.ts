import { compareInBrowser, timeSharing, weighPages } from './browser/browser-figures.ts';
import { chatFigures } from './chat/chat-figures.ts';
import type { Figure } from './figures.ts';
import { filesFigures } from './files/files-figures.ts';
import { disobedienceFigures } from './hosts/disobedience-figures.ts';
import { lighthouseFigures } from './lighthouse/lighthouse-figures.ts';
import { memoryFigure } from './memory/memory-figure.ts';
import { outsidersFigures } from './outsiders/outsiders-figures.ts';
import { recordingFigures } from './recording/recording-figures.ts';
import { addressChangeFigure } from './recovery/address-change-figure.ts';
import { awayFigures } from './recovery/away-figures.ts';
import { longWithoutServerFigures } from './recovery/long-without-server-figures.ts';
import { noServerFigure } from './recovery/no-server-figure.ts';
import { pathCutFigures } from './recovery/path-cut-figures.ts';
import { reloadFigure } from './recovery/reload-figure.ts';
import { serverKilledFigures } from './recovery/server-killed-figures.ts';
import { relayFigure } from './relay/relay-figure.ts';
import { untouchedFigures } from './room/untouched-figures.ts';

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
  'shared-screen': { rounds: 5, measure: timeSharing },
  untouched: { rounds: 3, measure: untouchedFigures },
  relay: { rounds: 5, measure: relayFigure },
  outsiders: { rounds: 5, measure: outsidersFigures },
  memory: { rounds: 3, measure: memoryFigure },
  chat: { rounds: 1, measure: chatFigures },
  files: { rounds: 1, measure: filesFigures },
  recording: { rounds: 1, measure: recordingFigures },
  weight: { rounds: 1, measure: weighPages },
  lighthouse: { rounds: 3, measure: lighthouseFigures },
  'server-killed': { rounds: 3, measure: serverKilledFigures },
  'path-cut': { rounds: 2, measure: pathCutFigures },
  'no-server': { rounds: 3, measure: noServerFigure },
  'long-without-server': { rounds: 1, measure: longWithoutServerFigures },
  'address-change': { rounds: 3, measure: addressChangeFigure },
  away: { rounds: 1, measure: awayFigures },
  disobedience: { rounds: 5, measure: disobedienceFigures },
  reload: { rounds: 5, measure: reloadFigure },
};

/** Names for several parts at once. */
export const groups: Record<string, string[]> = {
  recovery: [
    'server-killed',
    'path-cut',
    'no-server',
    'long-without-server',
    'address-change',
    'away',
    'reload',
  ],
};
