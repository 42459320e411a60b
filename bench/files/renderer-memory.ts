import { readFileSync } from 'node:fs';
import type { Browser, CDPSession } from 'playwright-core';
import { median } from '../median.ts';

const EVERY_MS = 200;

/**
 * The memory of a browser's pages (its renderer processes), looked at five times a second: what is their own, without the pages of the
 * program's file, which all of them share. Linux.
 */
export class RendererMemory {
  readonly #session: CDPSession;
  #timer: ReturnType<typeof setInterval> | undefined;
  #from = 0;
  #looks: number[] = [];

  private constructor(session: CDPSession) {
    this.#session = session;
  }

  static async of(browser: Browser): Promise<RendererMemory> {
    return new RendererMemory(await browser.newBrowserCDPSession());
  }

  /** Growth is counted from `megabytes`, or from what there is now. */
  async start(megabytes?: number): Promise<void> {
    this.#looks = [await this.#megabytes()];
    this.#from = megabytes ?? this.usual;
    this.#timer = setInterval(() => {
      this.#megabytes().then(
        (now) => this.#looks.push(now),
        // The browser was closed: why, whoever closed it says.
        () => this.stop(),
      );
    }, EVERY_MS);
  }

  /** The median since `start`, megabytes. One look alone falls anywhere between two collections of garbage, which lie up to 30 MB apart in a call. */
  get usual(): number {
    return median(this.#looks);
  }

  /** By how many megabytes it has grown at most since `start`. */
  stop(): number {
    clearInterval(this.#timer);
    return Math.max(...this.#looks) - this.#from;
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
