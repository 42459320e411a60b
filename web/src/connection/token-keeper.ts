import type { Clock } from './clock.ts';

const TRY_AGAIN_MS = 20_000;

export type FreshToken = { token: string; tokenLifetime: number };

/** Holds the seat's token and has it renewed at half its life, counted here and not by the server's clock (R6). */
export class TokenKeeper {
  readonly #clock: Clock;
  readonly #renew: () => Promise<FreshToken>;
  #token: string;
  #cancel: (() => void) | null = null;
  #closed = false;

  constructor(clock: Clock, first: FreshToken, renew: () => Promise<FreshToken>) {
    this.#clock = clock;
    this.#renew = renew;
    this.#token = first.token;
    this.keep(first);
  }

  get token(): string {
    return this.#token;
  }

  keep({ token, tokenLifetime }: FreshToken): void {
    this.#token = token;
    this.#renewAfter((tokenLifetime * 1_000) / 2);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #renewAfter(ms: number): void {
    this.#cancel?.();
    if (this.#closed) return;
    this.#cancel = this.#clock.after(ms, () => {
      this.#renewAfter(TRY_AGAIN_MS);
      // Without a connection there is nobody to ask; coming back brings a fresh token by itself.
      this.#renew().then(
        (fresh) => this.keep(fresh),
        () => undefined,
      );
    });
  }
}
