import type { RefusalCode } from './refusals.ts';

/** Thrown by a handler, or by a client's request, when the answer is no. */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
  }
}
