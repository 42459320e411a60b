import { surfaceError } from './surface-error.ts';
import type { Snapshot } from '@confab/protocol';
import type { KnownParticipant } from './known-participant.ts';
import type { SnapshotOpener } from './snapshot-opener.ts';

type OnMeeting = (participants: KnownParticipant[], snapshot: Snapshot) => void;

/** Snapshots in, opened participants out: never an older one after a newer, and none in between if they come fast (R7). */
export class SnapshotFeed {
  readonly #opener: SnapshotOpener;
  readonly #onMeeting: OnMeeting;
  #isSeated = false;
  #version = -1;
  #early: Snapshot | null = null;
  #next: Snapshot | null = null;
  #working = false;
  #closed = false;

  constructor(opener: SnapshotOpener, onMeeting: OnMeeting) {
    this.#opener = opener;
    this.#onMeeting = onMeeting;
  }

  /** The connection is lost: what the next one says is newer, whatever its versions. */
  pause(): void {
    this.#isSeated = false;
    this.#early = null;
    this.#version = -1;
  }

  /** The join was answered. What was told before the answer came may be newer than it. */
  begin(snapshot: Snapshot): void {
    this.#isSeated = true;
    const early = this.#early;
    this.#early = null;
    this.offer(snapshot);
    if (early) this.offer(early);
  }

  offer(snapshot: Snapshot): void {
    if (!this.#isSeated) {
      if (snapshot.version > (this.#early?.version ?? -1)) this.#early = snapshot;
      return;
    }
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
