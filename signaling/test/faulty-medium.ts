import type { Change, Medium } from '../src/store/medium.ts';

/** A medium whose writes fail, or wait, when a test says so. */
export class FaultyMedium implements Medium {
  /** Writes and recoveries that were asked for. */
  tries = 0;
  private readonly medium: Medium;
  private isBroken = false;
  private held: Promise<void> = Promise.resolve();
  private onReached: () => void = () => undefined;

  constructor(medium: Medium) {
    this.medium = medium;
  }

  breakDown(): void {
    this.isBroken = true;
  }

  repair(): void {
    this.isBroken = false;
  }

  /** From now on writes end only after the returned function was called. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.held = new Promise((resolve) => (release = resolve));
    return release;
  }

  /** Resolves when a write has come as far as the medium. */
  reached(): Promise<void> {
    return new Promise((resolve) => (this.onReached = resolve));
  }

  read(): AsyncIterable<readonly [string, string]> {
    return this.medium.read();
  }

  async write(changes: Change[]): Promise<void> {
    this.use();
    await this.medium.write(changes);
    this.onReached();
    await this.held;
  }

  async recover(): Promise<void> {
    this.use();
    await this.medium.recover();
  }

  close(): Promise<void> {
    return this.medium.close();
  }

  private use(): void {
    this.tries++;
    if (this.isBroken) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  }
}
