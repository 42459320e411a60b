import type { RefusalCode } from './refusals.ts';

/** Thrown by a handler, or by a client's request, when the answer is no. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** Of `not-open`: when it opens, in seconds since 1970 UTC, where that is known. */
  readonly opensAt: number | undefined;
  /** In how many seconds that was when the server said so. */
  readonly opensIn: number | undefined;

  constructor(code: RefusalCode, opensAt?: number, opensIn?: number) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.opensAt = opensAt;
    this.opensIn = opensIn;
  }
}
