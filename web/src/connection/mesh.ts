import { surfaceError } from './surface-error.ts';
import { AbsentLinks, type MeshEntry, fits } from './absent-links.ts';
import { Acquaintances } from './acquaintances.ts';
import type { Suspicion } from './arrival-watch.ts';
import { cameraEncoding } from './camera-encoding.ts';
import type { Clock } from './clock.ts';
import { EarlySignals } from './early-signals.ts';
import { type Identity, isReached, type KnownParticipant } from './known-participant.ts';
import { decodeLevel, encodeLevel } from './levels-channel.ts';
import type { ChannelName, OpenLinkConnection, SentTracks } from './link-connection.ts';
import type { MeetingEvents, RefusedSignals, Slot } from './meeting-events.ts';
import { MeshSignals } from './mesh-signals.ts';
import type { PeerLink } from './peer-link.ts';
import { SealedLink } from './sealed-link.ts';
import { type Address, claimedIncarnation } from './sealing/envelope.ts';
import type { Sealer } from './sealing/sealer.ts';
import type { Route } from './signal-routes.ts';

export type MeshListener = {
  onLink(link: MeetingEvents['link']): void;
  onLevel(level: MeetingEvents['level']): void;
  onBoard(board: MeetingEvents['board']): void;
  onStandings(standings: MeetingEvents['standings']): void;
  onRefused(participantId: string, kind: keyof RefusedSignals): void;
};

export type MeshOptions = {
  meetingId: string;
  self: Address;
  sealer: Sealer;
  tracks: SentTracks;
  clock: Clock;
  openConnection: OpenLinkConnection;
  /** Those that can be used now. */
  iceServers: () => Promise<RTCIceServer[]> | RTCIceServer[];
  /** Hands a sealed signal to the server; what gets lost is repeated. */
  toServer: (to: string, sealed: string) => void;
  listener: MeshListener;
};

/** One link to each of the others who are in the snapshot, whatever happens (R30). */
export class Mesh {
  readonly #options: MeshOptions;
  readonly #entries = new Map<string, MeshEntry>();
  readonly #absent: AbsentLinks;
  readonly #acquaintances = new Acquaintances();
  readonly #early: EarlySignals;
  readonly #signals: MeshSignals;
  readonly #tracks: SentTracks;
  #camera = cameraEncoding(1);

  constructor(options: MeshOptions) {
    this.#options = options;
    this.#tracks = { ...options.tracks };
    this.#absent = new AbsentLinks(options.clock);
    const { self, clock, toServer, listener } = options;
    this.#signals = new MeshSignals({
      self: self.participantId,
      clock,
      toServer,
      carry: (over, text) => this.#entries.get(over)?.sealed.link.sendCarried(text) ?? false,
      accept: (via, from, sealed) => this.#acceptCarried(via, from, sealed),
      onRoute: (id, route) => this.#take(id, route),
      onStandings: (standings) => listener.onStandings(standings),
    });
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
    for (const [id, entry] of this.#entries) if (!others.has(id)) this.#miss(id, entry);
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
    else if (this.#isOver(from, incarnation)) listener.onRefused(from, 'stale');
    // Perhaps a page load which the next snapshot tells about.
    else if (!this.#early.hold(from, sealed)) listener.onRefused(from, 'stale');
  }

  /** Whether the server is there to carry signals. */
  setConnected(connected: boolean): void {
    this.#signals.setServer(connected);
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

  /** Of the link to `participantId`, while it works; see {@link PeerLink.dataChannel}. */
  dataChannel(participantId: string, name: ChannelName): RTCDataChannel | null | undefined {
    if (!this.works(participantId)) return null;
    return this.#entries.get(participantId)?.sealed.link.dataChannel(name);
  }

  /** Gives the connections there are what the server has given now (R51). */
  useIceServers(servers: RTCIceServer[]): void {
    for (const link of this.#links()) link.useIceServers(servers);
  }

  /** Whether the link to `participantId` works, as far as this side knows. */
  works(participantId: string): boolean {
    return this.#signals.works(participantId);
  }

  /** See {@link PeerLink.suspect}. */
  suspect(suspicion: Suspicion): void {
    for (const link of this.#links()) link.suspect(suspicion);
  }

  /** See {@link PeerLink.interrupt}. */
  interrupt(): void {
    for (const link of this.#links()) link.interrupt();
  }

  close(): void {
    this.#early.close();
    this.#absent.close();
    for (const id of [...this.#entries.keys()]) this.#close(id);
  }

  #fit(other: KnownParticipant, selfArrival: number): void {
    const entry = this.#entries.get(other.id);
    if (entry && fits(entry, other, selfArrival)) {
      entry.participant = other;
      entry.sealed.link.encodeCamera(this.#camera);
      this.#signals.meet(other.id, isReached(other));
      return;
    }
    if (entry) this.#close(other.id);
    const back = this.#absent.take(other, selfArrival);
    if (back) this.#enter({ ...back, participant: other });
    else if (other.identity) this.#open(other, other.identity, selfArrival);
  }

  #open(participant: KnownParticipant, identity: Identity, selfArrival: number): void {
    const { meetingId, self, sealer, clock, openConnection, iceServers, listener } = this.#options;
    const { id: participantId, incarnation, arrival } = participant;
    const other = { participantId, incarnation };
    const onRefused = (kind: keyof RefusedSignals) => listener.onRefused(participantId, kind);
    const isHere = () => this.#entries.get(participantId)?.sealed === sealed;
    const sealed: SealedLink = new SealedLink({
      meetingId,
      self,
      other,
      sealer,
      key: identity.key,
      acquaintance: this.#acquaintances.meet(other),
      transmit: (text, turn) => {
        if (isHere()) this.#signals.send(participantId, text, turn);
      },
      onRefused,
      link: {
        initiator: selfArrival > arrival,
        fingerprint: identity.fingerprint,
        tracks: this.#tracks,
        camera: this.#camera,
        clock,
        openConnection,
        iceServers,
        listener: {
          onChange: (standing, tracks) => {
            if (!isHere()) return;
            // First, so that whoever hears of a link that works can use it.
            this.#signals.stand(participantId, standing);
            listener.onLink({ participantId, standing, tracks });
          },
          onLevel: (byte) => listener.onLevel({ participantId, ...decodeLevel(byte) }),
          onCarried: (text) => this.#signals.receive(participantId, text),
          onCarriedOpen: (open) => {
            if (isHere()) this.#signals.setOpen(participantId, open);
          },
          onBoard: (channel) => listener.onBoard({ participantId, channel }),
          onRefused,
        },
      },
    });
    this.#enter({ participant, selfArrival, sealed });
  }

  #enter(entry: MeshEntry): void {
    const { id } = entry.participant;
    this.#entries.set(id, entry);
    this.#signals.meet(id, isReached(entry.participant));
    for (const early of this.#early.take(id)) this.accept(id, early).catch(surfaceError);
  }

  /** Whoever is gone may come back to the same seat, without knowing that they were gone. */
  #miss(id: string, entry: MeshEntry): void {
    this.#entries.delete(id);
    this.#signals.forget(id);
    this.#absent.keep(entry);
  }

  #isOver(participantId: string, incarnation: string): boolean {
    const isKnown = this.#acquaintances.has({ participantId, incarnation });
    return isKnown && !this.#absent.has(participantId, incarnation);
  }

  /** A neighbour's word counts for less than the server's: it makes nobody known, and tells of no other page load. */
  async #acceptCarried(via: string, from: string, sealed: string): Promise<boolean> {
    const entry = this.#entries.get(from);
    const { listener } = this.#options;
    if (!entry) listener.onRefused(via, 'stale');
    // Somebody on the way may have made up what does not open: it is counted, and nobody's connection is told as attacked.
    const onRefused = () => listener.onRefused(via, 'stale');
    return (await entry?.sealed.accept(sealed, via === from ? undefined : onRefused)) ?? false;
  }

  #take(id: string, route: Route): void {
    const link = this.#entries.get(id)?.sealed.link;
    link?.setReachable(false);
    // What was sent the former way is repeated at once.
    if (route !== null) link?.setReachable(true);
  }

  #close(id: string): void {
    this.#entries.get(id)?.sealed.close();
    this.#entries.delete(id);
    this.#signals.forget(id);
  }

  #links(): PeerLink[] {
    return [...this.#entries.values()].map(({ sealed }) => sealed.link);
  }
}
