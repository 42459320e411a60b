import { Stored } from './stored.ts';

const KEYS = ['confab:board', 'confab:chat-read', 'confab:unsent'] as const;
const perTab = new Stored(() => sessionStorage);

/** Something that a page keeps in its tab, for the page that is loaded anew in the same seat; no other seat reads it. */
export class KeptInSeat {
  readonly #key: (typeof KEYS)[number];
  readonly #selfId: () => string;

  constructor(key: (typeof KEYS)[number], selfId: () => string) {
    this.#key = key;
    this.#selfId = selfId;
  }

  /** Whatever it is, perhaps of an older version of the app; null where nothing was kept in this seat. */
  read(): unknown {
    const kept = perTab.read(this.#key, isKept);
    return kept?.participantId === this.#selfId() ? kept.value : null;
  }

  /** Null where nothing is to be kept. */
  write(value: unknown): void {
    perTab.write(this.#key, value === null ? null : { participantId: this.#selfId(), value });
  }
}

/** Forgets what was kept in every seat but `participantId`, the one that this tab still has; null where it has none. */
export function forgetOtherSeats(participantId: string | null): void {
  for (const key of KEYS)
    if (perTab.read(key, isKept)?.participantId !== participantId) perTab.write(key, null);
}

function isKept(value: unknown): value is { participantId: string; value: unknown } {
  return typeof (value as { participantId?: unknown } | null)?.participantId === 'string';
}
