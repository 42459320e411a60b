import { surfaceError } from './surface-error.ts';
import type { Snapshot } from '@confab/protocol';
import type { KnownParticipant } from './known-participant.ts';
import type { SnapshotOpener } from './snapshot-opener.ts';

type OnMeeting = (participants: KnownParticipant[], snapshot: Snapshot) => void;

/** Snapshots in, opened participants out: never an older one after a newer, and none in between if they come fast (R7). */
export class SnapshotFeed {
  readonly #opener: SnapshotOpener;
  readonly #onMeeting: OnMeeting;
  #version = -1;
  #next: Snapshot | null = null;
  #working = false;
  #closed = false;

  constructor(opener: SnapshotOpener, onMeeting: OnMeeting) {
    this.#opener = opener;
    this.#onMeeting = onMeeting;
  }

  /** The first of a connection: whatever its version, it is newer than what the last connection said. */
  restart(snapshot: Snapshot): void {
    this.#version = -1;
    this.offer(snapshot);
  }

  offer(snapshot: Snapshot): void {
    if (snapshot.version <= this.#version) return;
    this.#version = snapshot.version;
    this.#next = snapshot;
    if (!this.#working) this.#work().catch(surfaceError);
  }

  close(): void {
    this.#closed = true;
  }

  async #work(): Promise<void> {
    this.#working = true;
    try {
      while (this.#next) {
        const snapshot = this.#next;
        this.#next = null;
        const participants = await this.#opener.open(snapshot);
        if (this.#closed) return;
        this.#onMeeting(participants, snapshot);
      }
    } finally {
      this.#working = false;
    }
  }
}
