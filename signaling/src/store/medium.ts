/** One change: a key and its new value as JSON text; undefined takes the key away. */
export type Change = readonly [key: string, text: string | undefined];

/** What a store writes to. */
export type Medium = {
  /** Everything written, in the order of keys. */
  read(): AsyncIterable<readonly [key: string, text: string]>;
  /** Writes all changes or none; resolves when they outlive the process. */
  write(changes: Change[]): Promise<void>;
  /** After a write that failed: makes sure that the next one does not build on what is left of it. Rejects while that is impossible. */
  recover(): Promise<void>;
  close(): Promise<void>;
};
