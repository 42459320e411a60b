import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, firefox } from '@playwright/test';

export type Engine = 'chromium' | 'firefox';

/** The program of a Chromium on this machine, or null. The variable CHROMIUM names one that is elsewhere. */
export function findChromium(): string | null {
  return firstThere([
    process.env.CHROMIUM,
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]);
}

/**
 * Debian's Chromium without what is for a screen, where it is there: it takes a third less of the processor. It keeps no screen
 * awake and fills none, copies nothing, forgets which speaker was allowed, cannot be told to refuse devices or to trust an origin.
 */
export function findLeanChromium(): string | null {
  const isChosen = (process.env.CHROMIUM ?? '') !== '' || existsSync(chromium.executablePath());
  return (isChosen ? null : firstThere(['/usr/bin/chromium-headless-shell'])) ?? findChromium();
}

/** Playwright's own Firefox is preferred: a stock one needs `firefox-shim.mjs` in front. */
export type InstalledFirefox = { program: string; isStock: boolean };

/** A Firefox on this machine, or null. The variable FIREFOX names a stock one that is elsewhere. */
export function findFirefox(): InstalledFirefox | null {
  const own = firstThere([firefox.executablePath()]);
  if (own && !process.env.FIREFOX) return { program: own, isStock: false };
  const stock = firstThere([
    process.env.FIREFOX,
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ]);
  return stock ? { program: stock, isStock: true } : null;
}

/** Whether the programs are there that open what browsers have recorded. */
export function isFfmpegInstalled(): boolean {
  return ['ffmpeg', 'ffprobe'].every(
    (program) => spawnSync(program, ['-version'], { stdio: 'ignore' }).status === 0,
  );
}

function firstThere(programs: (string | undefined)[]): string | null {
  return programs.find((program) => program && existsSync(program)) ?? null;
}
