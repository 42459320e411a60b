/** What is kept under a key at the moment of writing; undefined when nothing is any more. */
export type KeptValue = () => object | undefined;

/**
 * Where meetings are kept so that they outlive the process. Memory is what counts; the store follows it: whoever changes something names its
 * key, and the value is asked for when it is written. What is named without a pause in between is written as one, all or nothing.
 */
export type MeetingStore = {
  /** Whether writing fails at present: nothing can be promised. */
  readonly isFailing: boolean;
  /** Everything that is kept, in the order of keys. Throws {@link UnreadableRecord}. */
  read(): AsyncIterable<readonly [key: string, value: unknown]>;
  /** Writes at once. */
  keep(key: string, value: KeptValue): void;
  /** Writes within a second, or with what is written before. */
  keepLazily(key: string, value: KeptValue): void;
  /** Resolves when everything given to `keep` so far is safe from the process's death. Rejects with a {@link StoreFault}. */
  settled(): Promise<void>;
};

/** What is kept cannot be written now. */
export class StoreFault extends Error {
  constructor(cause: unknown) {
    super('what is kept could not be written', { cause });
    this.name = 'StoreFault';
  }
}

/** Something is kept that this version did not write, or that is damaged. `kind` is a word for what it is. */
export class UnreadableRecord extends Error {
  readonly kind: string;

  constructor(kind: string) {
    super(`a record (${kind}) cannot be read`);
    this.name = 'UnreadableRecord';
    this.kind = kind;
  }
}
