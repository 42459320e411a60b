import type { Clock } from './clock.ts';

const TRY_AGAIN_MS = 20_000;
/** TURN credentials come with each renewal and live for ten minutes unless the server is set up otherwise. */
const LONGEST_MS = 300_000;

export type FreshToken = { token: string; tokenLifetime: number };

/** Holds the seat's token and has it renewed at half its life, counted here and not by the server's clock (R6). */
export class TokenKeeper {
  readonly #clock: Clock;
  readonly #renew: () => Promise<FreshToken>;
  readonly #onKept: (token: string) => void;
  #token: string;
  #cancel: (() => void) | null = null;
  #closed = false;

  /** `onKept` hears of every token after the first. */
  constructor(
    clock: Clock,
    first: FreshToken,
    renew: () => Promise<FreshToken>,
    onKept: (token: string) => void,
  ) {
    this.#clock = clock;
    this.#renew = renew;
    this.#onKept = onKept;
    this.#token = first.token;
    this.#renewAfter(halfOf(first));
  }

  get token(): string {
    return this.#token;
  }

  keep(fresh: FreshToken): void {
    if (this.#closed) return;
    this.#token = fresh.token;
    this.#renewAfter(halfOf(fresh));
    this.#onKept(fresh.token);
  }

  /** Resolves when there was an answer, or none will come: coming back to the server brings a fresh token by itself. */
  async renew(): Promise<void> {
    this.#renewAfter(TRY_AGAIN_MS);
    const fresh = await this.#renew().catch(() => null);
    if (fresh) this.keep(fresh);
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #renewAfter(ms: number): void {
    this.#cancel?.();
    if (this.#closed) return;
    this.#cancel = this.#clock.after(ms, () => void this.renew());
  }
}

function halfOf({ tokenLifetime }: FreshToken): number {
  return Math.min((tokenLifetime * 1_000) / 2, LONGEST_MS);
}
