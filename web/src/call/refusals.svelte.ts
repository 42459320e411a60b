import type { RefusedSignals } from '../connection/meeting-events.ts';
import { ReactiveMap } from './reactive-map.svelte.ts';

/** What was refused from one participant; `name` is kept, since they may have left. */
export type Refused = { name: string | null; totals: RefusedSignals };

/** Everything that came altered, forged or out of place since the page loaded, and was refused. */
export class Refusals {
  readonly #byParticipant = new ReactiveMap<string, Refused>();

  get all(): [participantId: string, refused: Refused][] {
    return [...this.#byParticipant];
  }

  /** Those whose connection somebody in between tried to alter: nothing that happens by itself. */
  get attacked(): [participantId: string, refused: Refused][] {
    return this.all.filter(([, { totals }]) => totals.fingerprint + totals.altered > 0);
  }

  /** Takes over the running totals of one participant. */
  show(participantId: string, name: string | null | undefined, totals: RefusedSignals): void {
    const known = this.#byParticipant.get(participantId)?.name ?? null;
    this.#byParticipant.set(participantId, { name: name ?? known, totals });
  }
}
