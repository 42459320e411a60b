import type { Change, Medium } from './medium.ts';

/** Keeps things for as long as it is referred to; for tests that need no disk. */
export class Memory implements Medium {
  private readonly texts = new Map<string, string>();

  async *read(): AsyncIterable<readonly [string, string]> {
    const entries = [...this.texts].sort(([one], [other]) => (one < other ? -1 : 1));
    await Promise.resolve();
    yield* entries;
  }

  write(changes: Change[]): Promise<void> {
    for (const [key, text] of changes)
      if (text === undefined) this.texts.delete(key);
      else this.texts.set(key, text);
    return Promise.resolve();
  }

  recover(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
