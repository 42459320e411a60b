import { cameraEncoding } from './camera-encoding.ts';
import type { Clock } from './clock.ts';
import { EarlySignals } from './early-signals.ts';
import type { Identity, KnownParticipant } from './known-participant.ts';
import { decodeLevel, encodeLevel } from './levels-channel.ts';
import type { OpenLinkConnection, SentTracks } from './link-connection.ts';
import type { MeetingEvents, RefusedSignals, Slot } from './meeting-events.ts';
import { PeerLink } from './peer-link.ts';
import { SealedLink } from './sealed-link.ts';
import { type Address, claimedIncarnation } from './sealing/envelope.ts';
import { ReplayGuard } from './sealing/replay-guard.ts';
import type { Sealer } from './sealing/sealer.ts';

export type MeshOptions = {
  meetingId: string;
  self: Address;
  sealer: Sealer;
  tracks: SentTracks;
  clock: Clock;
  openConnection: OpenLinkConnection;
  /** Hands a sealed signal to the server if it is there; what gets lost is repeated. */
  transmit: (to: string, sealed: string) => void;
  onLink: (link: MeetingEvents['link']) => void;
  onLevel: (level: MeetingEvents['level']) => void;
  onRefused: (participantId: string, kind: keyof RefusedSignals) => void;
};

type Entry = { participant: KnownParticipant; selfArrival: number; sealed: SealedLink };

/** What must outlive a link, or its end would let old signals in again: per incarnation of the other side. */
type Acquaintance = { guard: ReplayGuard; epoch: number };

/** One link to each of the others who are in the snapshot, whatever happens (R30). */
export class Mesh {
  readonly #options: MeshOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #acquaintances = new Map<string, Acquaintance>();
  readonly #early: EarlySignals;
  readonly #tracks: SentTracks;
  #camera = cameraEncoding(1);
  #connected = false;

  constructor(options: MeshOptions) {
    this.#options = options;
    this.#tracks = { ...options.tracks };
    this.#early = new EarlySignals(options.clock, (from) => options.onRefused(from, 'stale'));
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

  /** A signal that the server says is from `from`. */
  async accept(from: string, sealed: string): Promise<void> {
    const entry = this.#entries.get(from);
    const claimed = claimedIncarnation(sealed);
    if (claimed !== null && entry?.participant.incarnation !== claimed) {
      // Perhaps a page load which the next snapshot tells about.
      if (this.#acquaintances.has(`${from}/${claimed}`) || !this.#early.hold(from, sealed)) {
        this.#options.onRefused(from, 'stale');
      }
      return;
    }
    if (entry) await entry.sealed.accept(sealed);
    else this.#options.onRefused(from, 'altered');
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

  #open(other: KnownParticipant, identity: Identity, selfArrival: number): void {
    const { meetingId, self, clock, openConnection, sealer, transmit } = this.#options;
    const address = { participantId: other.id, incarnation: other.incarnation };
    const { guard, epoch } = this.#acquaintance(address);
    const onRefused = (kind: keyof RefusedSignals) => this.#options.onRefused(other.id, kind);
    const link = new PeerLink({
      initiator: selfArrival > other.arrival,
      epoch,
      fingerprint: identity.fingerprint,
      tracks: this.#tracks,
      camera: this.#camera,
      clock,
      openConnection,
      send: (signal) => {
        const sealed = sealer.sealSignal(address, signal);
        const send = () => {
          sealed.then((text) => transmit(other.id, text), reportError);
        };
        send();
        return send;
      },
      listener: {
        onChange: (state, tracks) =>
          this.#options.onLink({ participantId: other.id, state, tracks }),
        onLevel: (byte) => this.#options.onLevel({ participantId: other.id, ...decodeLevel(byte) }),
        onRefused,
      },
    });
    const { key } = identity;
    const sealed = new SealedLink({
      link,
      meetingId,
      key,
      from: address,
      to: self,
      guard,
      onRefused,
    });
    const entry = { participant: other, selfArrival, sealed };
    this.#entries.set(other.id, entry);
    this.#tellReachable(entry);
    for (const early of this.#early.take(other.id)) {
      this.accept(other.id, early).catch(reportError);
    }
  }

  #acquaintance(address: Address): Acquaintance {
    const name = `${address.participantId}/${address.incarnation}`;
    const known = this.#acquaintances.get(name) ?? { guard: new ReplayGuard(), epoch: 0 };
    this.#acquaintances.set(name, known);
    return known;
  }

  #tellReachable({ participant, sealed }: Entry): void {
    sealed.link.setReachable(this.#connected && participant.presence === 'present');
  }

  #close(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    const { incarnation } = entry.participant;
    this.#acquaintance({ participantId: id, incarnation }).epoch = entry.sealed.link.epoch;
    entry.sealed.link.close();
    this.#entries.delete(id);
  }

  #links(): PeerLink[] {
    return [...this.#entries.values()].map(({ sealed }) => sealed.link);
  }
}
