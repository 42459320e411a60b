import { readFileSync } from 'node:fs';
import type { Browser, CDPSession } from 'playwright-core';

const EVERY_MS = 200;

/** The resident memory of a browser's pages (its renderer processes), looked at five times a second. Linux. */
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
      void this.#megabytes().then((now) => (this.#peak = Math.max(this.#peak, now)));
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
    return pages.reduce((sum, { id }) => sum + residentMegabytes(id), 0);
  }
}

function residentMegabytes(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1_000;
  } catch {
    // It has just ended.
    return 0;
  }
}
