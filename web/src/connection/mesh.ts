import { surfaceError } from './surface-error.ts';
import { Acquaintances } from './acquaintances.ts';
import { cameraEncoding } from './camera-encoding.ts';
import type { Clock } from './clock.ts';
import { EarlySignals } from './early-signals.ts';
import type { Identity, KnownParticipant } from './known-participant.ts';
import { decodeLevel, encodeLevel } from './levels-channel.ts';
import type { OpenLinkConnection, SentTracks } from './link-connection.ts';
import type { MeetingEvents, RefusedSignals, Slot } from './meeting-events.ts';
import type { PeerLink } from './peer-link.ts';
import { SealedLink } from './sealed-link.ts';
import { type Address, claimedIncarnation } from './sealing/envelope.ts';
import type { Sealer } from './sealing/sealer.ts';

export type MeshListener = {
  onLink(link: MeetingEvents['link']): void;
  onLevel(level: MeetingEvents['level']): void;
  onRefused(participantId: string, kind: keyof RefusedSignals): void;
};

export type MeshOptions = {
  meetingId: string;
  self: Address;
  sealer: Sealer;
  tracks: SentTracks;
  clock: Clock;
  openConnection: OpenLinkConnection;
  /** Hands a sealed signal to the server if it is there; what gets lost is repeated. */
  transmit: (to: string, sealed: string) => void;
  listener: MeshListener;
};

type Entry = { participant: KnownParticipant; selfArrival: number; sealed: SealedLink };

/** One link to each of the others who are in the snapshot, whatever happens (R30). */
export class Mesh {
  readonly #options: MeshOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #acquaintances = new Acquaintances();
  readonly #early: EarlySignals;
  readonly #tracks: SentTracks;
  #camera = cameraEncoding(1);
  #connected = false;

  constructor(options: MeshOptions) {
    this.#options = options;
    this.#tracks = { ...options.tracks };
    this.#early = new EarlySignals(options.clock, (from) =>
      options.listener.onRefused(from, 'stale'),
    );
  }

  /** Opens, replaces and closes links until they fit the meeting. */
  reconcile(participants: KnownParticipant[]): void {
    const selfId = this.#options.self.participantId;
    const self = participants.find(({ id }) => id === selfId);
    const others = new Map(participants.map((one) => [one.id, one]));
    others.delete(selfId);
    this.#camera = cameraEncoding(participants.length);
    for (const id of this.#entries.keys()) if (!others.has(id)) this.#close(id);
    if (!self) return;
    for (const other of others.values()) this.#fit(other, self.arrival);
  }

  /** Resolves when every link that this page has to offer has been offered. */
  async begun(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ sealed }) => sealed.begun));
  }

  /** A signal that the server says is from `from`. */
  async accept(from: string, sealed: string): Promise<void> {
    const { listener } = this.#options;
    const entry = this.#entries.get(from);
    const incarnation = claimedIncarnation(sealed);
    if (incarnation === null) listener.onRefused(from, 'altered');
    else if (entry?.participant.incarnation === incarnation) await entry.sealed.accept(sealed);
    else if (this.#acquaintances.has({ participantId: from, incarnation }))
      listener.onRefused(from, 'stale');
    // Perhaps a page load which the next snapshot tells about.
    else if (!this.#early.hold(from, sealed)) listener.onRefused(from, 'stale');
  }

  /** Whether the server is there to carry signals. */
  setConnected(connected: boolean): void {
    this.#connected = connected;
    for (const entry of this.#entries.values()) this.#tellReachable(entry);
  }

  async sendTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks[slot] = track;
    await Promise.all(this.#links().map((link) => link.sendTrack(slot, track)));
  }

  sendLevel(level: number, speaking: boolean): void {
    const byte = encodeLevel(level, speaking);
    for (const link of this.#links()) link.sendLevel(byte);
  }

  async stats(participantId: string): Promise<RTCStatsReport | null> {
    return (await this.#entries.get(participantId)?.sealed.link.stats()) ?? null;
  }

  /** See {@link PeerLink.interrupt}. */
  interrupt(): void {
    for (const link of this.#links()) link.interrupt();
  }

  close(): void {
    this.#early.close();
    for (const id of [...this.#entries.keys()]) this.#close(id);
  }

  #fit(other: KnownParticipant, selfArrival: number): void {
    const entry = this.#entries.get(other.id);
    const same =
      entry?.participant.incarnation === other.incarnation &&
      entry.participant.arrival === other.arrival &&
      entry.selfArrival === selfArrival;
    if (entry && same) {
      entry.participant = other;
      entry.sealed.link.encodeCamera(this.#camera);
      this.#tellReachable(entry);
    } else {
      if (entry) this.#close(other.id);
      if (other.identity) this.#open(other, other.identity, selfArrival);
    }
  }

  #open(participant: KnownParticipant, identity: Identity, selfArrival: number): void {
    const { meetingId, self, sealer, clock, openConnection, transmit, listener } = this.#options;
    const { id: participantId, incarnation, arrival } = participant;
    const other = { participantId, incarnation };
    const onRefused = (kind: keyof RefusedSignals) => listener.onRefused(participantId, kind);
    const sealed = new SealedLink({
      meetingId,
      self,
      other,
      sealer,
      key: identity.key,
      acquaintance: this.#acquaintances.meet(other),
      transmit: (text) => transmit(participantId, text),
      onRefused,
      link: {
        initiator: selfArrival > arrival,
        fingerprint: identity.fingerprint,
        tracks: this.#tracks,
        camera: this.#camera,
        clock,
        openConnection,
        listener: {
          onChange: (standing, tracks) => listener.onLink({ participantId, standing, tracks }),
          onLevel: (byte) => listener.onLevel({ participantId, ...decodeLevel(byte) }),
          onCarried: () => undefined,
          onCarriedOpen: () => undefined,
          onRefused,
        },
      },
    });
    const entry = { participant, selfArrival, sealed };
    this.#entries.set(participantId, entry);
    this.#tellReachable(entry);
    for (const early of this.#early.take(participantId)) {
      this.accept(participantId, early).catch(surfaceError);
    }
  }

  #tellReachable({ participant, sealed }: Entry): void {
    sealed.link.setReachable(this.#connected && participant.presence === 'present');
  }

  #close(id: string): void {
    this.#entries.get(id)?.sealed.close();
    this.#entries.delete(id);
  }

  #links(): PeerLink[] {
    return [...this.#entries.values()].map(({ sealed }) => sealed.link);
  }
}
