import type { Slot } from '../connection/meeting-events.ts';
import type { ParticipantTracks } from './participant.svelte.ts';

type Tracks = Record<Slot, MediaStreamTrack | null>;

/** What the others were given last, slot by slot. */
export class SentTracks {
  readonly #sent: Map<Slot, MediaStreamTrack | null>;

  constructor(tracks: Tracks) {
    this.#sent = new Map(entriesOf(tracks));
  }

  /** The slots in which something else goes out from now on. */
  changeTo(tracks: Tracks): [Slot, MediaStreamTrack | null][] {
    const changed = entriesOf(tracks).filter(([slot, track]) => this.#sent.get(slot) !== track);
    for (const [slot, track] of changed) this.#sent.set(slot, track);
    return changed;
  }
}

/** Those slots that hold something, as a tile shows them. */
export function present(tracks: Tracks): ParticipantTracks {
  return Object.fromEntries(entriesOf(tracks).filter(([, track]) => track !== null));
}

function entriesOf(tracks: Tracks) {
  return Object.entries(tracks) as [Slot, MediaStreamTrack | null][];
}
