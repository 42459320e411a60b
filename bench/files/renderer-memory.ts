import { readFileSync } from 'node:fs';
import type { Browser, CDPSession } from 'playwright-core';

const EVERY_MS = 200;

/**
 * The memory of a browser's pages (its renderer processes), looked at five times a second: what is their own, without the pages of the
 * program's file, which all of them share. Linux.
 */
export class RendererMemory {
  readonly #session: CDPSession;
  #timer: ReturnType<typeof setInterval> | undefined;
  #first = 0;
  #peak = 0;

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(browser: Browser): Promise<RendererMemory> {
    return new RendererMemory(await browser.newBrowserCDPSession());
  }

  async start(): Promise<void> {
    this.#first = this.#peak = await this.#megabytes();
    this.#timer = setInterval(() => {
      this.#megabytes().then(
        (now) => (this.#peak = Math.max(this.#peak, now)),
        // The browser was closed: why, whoever closed it says.
        () => this.stop(),
      );
    }, EVERY_MS);
  }

  /** By how many megabytes it has grown at most since `start`. */
  stop(): number {
    clearInterval(this.#timer);
    return this.#peak - this.#first;
  }

  async #megabytes(): Promise<number> {
    const { processInfo } = await this.#session.send('SystemInfo.getProcessInfo');
    const pages = processInfo.filter(({ type }) => type === 'renderer');
    return pages.reduce((sum, { id }) => sum + ownMegabytes(id), 0);
  }
}

function ownMegabytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)];
    return kilobytes.reduce((sum, [, amount]) => sum + Number(amount), 0) / 1_000;
  } catch {
    // It has just ended.
    return 0;
  }
}
