import type { Participant, Snapshot } from '@confab/protocol';
import type { Identity, KnownParticipant } from './known-participant.ts';
import type { RefusedSignals } from './meeting-events.ts';
import { displayName } from './sealing/display-name.ts';
import { deriveSenderKey } from './sealing/keys.ts';
import { openHello } from './sealing/opener.ts';
import { RefusedSeal } from './sealing/refused-seal.ts';

type Opened = { incarnation: string; hello: string; counter: number; identity: Identity | null };

/** Opens the sealed hellos of a meeting's snapshots, each once (R20). */
export class SnapshotOpener {
  readonly #secret: string;
  readonly #meetingId: string;
  readonly #onRefused: (participantId: string, kind: keyof RefusedSignals) => void;
  #opened = new Map<string, Opened>();

  constructor(
    secret: string,
    meetingId: string,
    onRefused: (participantId: string, kind: keyof RefusedSignals) => void,
  ) {
    this.#secret = secret;
    this.#meetingId = meetingId;
    this.#onRefused = onRefused;
  }

  /** Everybody in the snapshot, once, in order of arrival. One call at a time. */
  async open(snapshot: Snapshot): Promise<KnownParticipant[]> {
    const unique = new Map(snapshot.participants.map((one) => [one.id, one]));
    const opened = await Promise.all([...unique.values()].map((one) => this.#openOne(one)));
    this.#opened = new Map(opened.map(([one, result]) => [one.id, result]));
    return opened
      .map(([one, { identity }]) => ({ ...one, identity }))
      .sort((one, other) => one.arrival - other.arrival);
  }

  async #openOne(participant: Participant): Promise<[Participant, Opened]> {
    const { id, incarnation, hello } = participant;
    const known = this.#opened.get(id);
    const before = known?.incarnation === incarnation ? known : null;
    if (before?.hello === hello) return [participant, before];
    const now = await this.#openHello(id, incarnation, hello);
    // A hello that is older than the last, or none at all, does not undo what is known of this page load.
    const kept = before && now.counter <= before.counter ? { ...before, hello } : now;
    if (kept !== now && now.identity) this.#onRefused(id, 'repeated');
    return [participant, kept];
  }

  async #openHello(id: string, incarnation: string, hello: string): Promise<Opened> {
    try {
      const key = await deriveSenderKey(this.#secret, this.#meetingId, id, incarnation);
      const from = { participantId: id, incarnation };
      const { counter, name, fingerprint } = await openHello(key, this.#meetingId, from, hello);
      const identity = { name: displayName(name), fingerprint, key };
      return { incarnation, hello, counter, identity };
    } catch (error) {
      if (!(error instanceof RefusedSeal)) throw error;
      this.#onRefused(id, error.kind);
      return { incarnation, hello, counter: 0, identity: null };
    }
  }
}
