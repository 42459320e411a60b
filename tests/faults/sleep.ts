import type { Browser, Page } from '@playwright/test';

/** Wakes what was put to sleep. */
export type Wake = () => Promise<void>;

/** Stops all processes of a Chromium, as a laptop that is closed does; everybody who shares the browser sleeps with it. */
export async function sleepBrowser(browser: Browser): Promise<Wake> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const processes = processInfo.map(({ id }) => id);
  signal(processes, 'SIGSTOP');
  // More than once does no harm.
  return () => {
    signal(processes, 'SIGCONT');
    return Promise.resolve();
  };
}

/** Freezes one page, as a browser that saves energy does: its scripts stand still, its connections do not. */
export async function freezePage(page: Page): Promise<Wake> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  return async () => {
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await session.detach();
  };
}

/** Ends the page's process, without a word to the page or anybody else. */
export async function crashPage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // The answer never comes.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
}

function signal(processes: readonly number[], name: NodeJS.Signals): void {
  for (const id of processes) {
    try {
      process.kill(id, name);
    } catch {
      // It ended since it was listed.
    }
  }
}
