import type { Clock } from './clock.ts';

const TRY_AGAIN_MS = 20_000;
const LONGEST_MS = 300_000;

/** Lifetimes in seconds. With each token comes a TURN credential, where the server has any. */
export type FreshToken = { token: string; tokenLifetime: number; iceLifetime?: number | undefined };

/** Holds the seat's token and has it renewed at half its life, or half that of the TURN credential, counted here and not by the server's clock (R6, R51). */
export class TokenKeeper {
  readonly #clock: Clock;
  readonly #renew: () => Promise<FreshToken>;
  readonly #onKept: (token: string) => void;
  #token: string;
  #halfLifeMs: number;
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
    this.#halfLifeMs = halfOf(first);
    this.#renewAfter(this.#halfLifeMs);
  }

  get token(): string {
    return this.#token;
  }

  keep(fresh: FreshToken): void {
    if (this.#closed) return;
    this.#token = fresh.token;
    this.#halfLifeMs = halfOf(fresh);
    this.#renewAfter(this.#halfLifeMs);
    this.#onKept(fresh.token);
  }

  /** Resolves when there was an answer, or none will come: coming back to the server brings a fresh token by itself. */
  async renew(): Promise<void> {
    this.#renewAfter(Math.min(TRY_AGAIN_MS, this.#halfLifeMs));
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

function halfOf({ tokenLifetime, iceLifetime = Infinity }: FreshToken): number {
  return Math.min((Math.min(tokenLifetime, iceLifetime) * 1_000) / 2, LONGEST_MS);
}
