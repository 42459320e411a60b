import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

/** A fake camera and microphone, everything allowed and nothing said to anybody outside. */
export const chromiumFlags: readonly string[] = [
  '--use-fake-device-for-media-stream=fps=30',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-gpu',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Chromium with the flags above. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...chromiumFlags] });
}

const observer = fileURLToPath(new URL('../pages/observer.js', import.meta.url));

/** A page with the cache and storage of a browser that was never here, watched by the observer. Close its context when done. */
export async function freshPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript({ path: observer });
  return context.newPage();
}

/** What the observer has seen so far; see `pages/observer.js`. */
export type Seen = {
  openedAt: number;
  clickedAt: number | null;
  cameraAt: number | null;
  previewAt: number | null;
  joinableAt: number | null;
  remoteAt: number[];
  sharedAt: number | null;
  camera: { width: number; height: number } | null;
};

export function seenBy(page: Page): Promise<Seen> {
  return page.evaluate<Seen>('seen');
}

/** Waits for an expression over what the observer has seen. The page does the waiting: its security policy allows no other code. */
export async function until(page: Page, condition: string): Promise<void> {
  if (await page.evaluate<boolean>(`until(() => ${condition}, ${PATIENCE})`)) return;
  const seen = JSON.stringify(await seenBy(page));
  throw new Error(`${condition} did not come true in ${PATIENCE / 1000} s; the page saw ${seen}`);
}

const PATIENCE = 20_000;

/** The program of a Chromium on this machine. Throws where there is none. */
export function findChromium(): string {
  const candidates = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    chromium.executablePath(),
  ];
  const found = candidates.find((candidate) => candidate && existsSync(candidate));
  if (found) return found;
  throw new Error(
    'No Chromium was found. Install one, or name its program in the variable CHROMIUM.',
  );
}
