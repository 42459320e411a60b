import { type MediaState, type Payload, type Policy, Refusal } from '@confab/protocol';
import type { Suspicion } from './arrival-watch.ts';
import type { DoorView } from './door-opener.ts';
import type { Doorstep } from './doorstep.ts';
import type { KnownParticipant } from './known-participant.ts';
import type { ChannelName, SentTracks } from './link-connection.ts';
import type { Command, ConnectionState, HostWord, MeetingEvents, Slot } from './meeting-events.ts';
import { LateChat } from './late-chat.ts';
import type { MeetingConnectionOptions } from './meeting-connection-options.ts';
import type { Admission } from './meetings-api.ts';
import type { MeshListener } from './mesh.ts';
import { Readmission } from './readmission.ts';
import { makeSeatEntry } from './seat-entry.ts';
import { Seat } from './seat.ts';
import { SignsConnection } from './signs-connection.ts';
import { surfaceError } from './surface-error.ts';
import type { Surroundings } from './surroundings.ts';

export type TenureListener = MeshListener & {
  onConnection(state: ConnectionState): void;
  onParticipants(participants: KnownParticipant[], selfId: string): void;
  onPolicy(policy: Policy): void;
  /** Whoever runs the server says something to everybody (R80). */
  onAnnounced(text: string): void;
  onClaim(claim: MeetingEvents['seat']): void;
  onOffered(isOffered: boolean): void;
  onDoor(door: DoorView): void;
  onRemoved(participantId: string): void;
  onTold(word: HostWord): void;
  onDisobedience(participantIds: string[]): void;
};

/** Keeps this page in a seat of the meeting: the one it was admitted to, or, where that is lost for good, another. */
export class Tenure {
  readonly chat: LateChat;
  readonly signs: SignsConnection;
  readonly #options: MeetingConnectionOptions;
  readonly #surroundings: Surroundings;
  readonly #listener: TenureListener;
  readonly #tracks: SentTracks;
  readonly #readmission: Readmission;
  #media: MediaState;
  #doorstep: Doorstep | null;
  #seat: Seat | null = null;
  /** The seat before, whose links carry on until the present one stands. */
  #former: Seat | null = null;
  #participantId: string;
  #wasSeated = false;
  #closed = false;

  constructor(
    options: MeetingConnectionOptions,
    surroundings: Surroundings,
    listener: TenureListener,
  ) {
    const { admission, doorstep, media, tracks, admit } = options;
    this.#options = options;
    this.#surroundings = surroundings;
    this.#listener = listener;
    this.#participantId = admission.participantId;
    this.#doorstep = doorstep ?? null;
    this.#media = media;
    this.#tracks = { ...tracks };
    const { secret, meetingId, name } = options;
    const { clock } = surroundings;
    const onRefused = listener.onRefused.bind(listener);
    this.chat = new LateChat({ secret, meetingId, name, clock, onRefused });
    this.signs = new SignsConnection({ meetingId, clock, onRefused });
    this.#readmission = new Readmission(surroundings.clock, admit, {
      onTry: (loss) =>
        listener.onConnection(
          this.#wasSeated ? { status: 'reconnecting', ...loss } : { status: 'connecting' },
        ),
      onAdmitted: (again) => {
        this.#sit(again).catch(surfaceError);
      },
      onRefused: (error) => this.#end({ status: 'refused', error }),
    });
  }

  /** Changes when another seat stands. */
  get participantId(): string {
    return this.#participantId;
  }

  /** Asks for the seat. Throws a Refusal for a name of which nothing readable is left. */
  take(): Promise<void> {
    return this.#sit(this.#options.admission, this.#options.resume ?? undefined);
  }

  /** Resolves when the links of the seat are offered. */
  async begun(): Promise<void> {
    await this.#seat?.mesh.begun();
  }

  async sendTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks[slot] = track;
    await Promise.all(this.#seats().map(({ mesh }) => mesh.sendTrack(slot, track)));
  }

  announce(media: MediaState): void {
    this.#media = media;
    this.#seat?.announce(media);
  }

  /** See {@link Seat.command}. */
  async command<Name extends Command>(name: Name, payload: Payload<Name>): Promise<void> {
    if (this.#seat === null) throw new Refusal('wrong-state');
    await this.#seat.command(name, payload);
  }

  /** See {@link MeetingConnection.stats}. */
  async stats(participantId: string): Promise<RTCStatsReport | null> {
    return (await this.#seat?.mesh.stats(participantId)) ?? null;
  }

  sendLevel(level: number, speaking: boolean): void {
    for (const { mesh } of this.#seats()) mesh.sendLevel(level, speaking);
  }

  /** See {@link MeetingConnection.dataChannel}. */
  dataChannel(participantId: string, name: ChannelName): RTCDataChannel | null | undefined {
    return this.#seat?.mesh.dataChannel(participantId, name);
  }

  /** For when somebody looks again: what waits to be tried is tried now. */
  hurry(): void {
    this.#readmission.hurry();
    this.#seat?.hurry();
  }

  /** For when the network may be another one: what stands has to prove that it still does. */
  doubt(suspicion: Suspicion): void {
    this.hurry();
    this.#seat?.doubt();
    for (const { mesh } of this.#seats()) mesh.suspect(suspicion);
  }

  interrupt(): void {
    for (const { mesh } of this.#seats()) mesh.interrupt();
  }

  /** Tells the server; resolves whether or not it answers. */
  async giveUp(): Promise<void> {
    await this.#seat?.giveUp();
  }

  close(): void {
    this.#closed = true;
    this.#readmission.stop();
    this.#doorstep?.close();
    this.#doorstep = null;
    for (const seat of this.#seats()) seat.close();
    this.signs.close();
  }

  async #sit(admission: Admission, resume?: string): Promise<void> {
    const { secret, meetingId, name, url, transports, relayOnly = false } = this.#options;
    const certificate = await this.#surroundings.certificate();
    const { participantId } = admission;
    const entry = await makeSeatEntry(secret, meetingId, participantId, name, certificate);
    if (this.#closed) return;
    const listener = this.#listener;
    const seat = new Seat({
      meetingId,
      secret,
      admission,
      resume,
      entry,
      certificate,
      relayOnly,
      media: this.#media,
      tracks: this.#tracks,
      chat: this.chat,
      signs: this.signs,
      url,
      transports,
      surroundings: this.#fromDoorstep(),
      listener: {
        ...listener,
        onConnection: (state) => this.#show(state),
        onParticipants: (participants) => {
          this.#stand(seat);
          listener.onParticipants(participants, participantId);
        },
        onUnseated: () => this.#readmission.seek(this.#wasSeated),
      },
    });
    if (this.#former) this.#seat?.close();
    else this.#former = this.#seat;
    this.#seat = seat;
    seat.take();
  }

  /** Only now, since until now the links of the former seat were all there was. */
  #stand(seat: Seat): void {
    this.#participantId = seat.participantId;
    this.#former?.close();
    this.#former = null;
  }

  #show(state: ConnectionState): void {
    if (state.status === 'refused' || state.status === 'taken') this.#end(state);
    else if (state.status === 'connecting' && this.#wasSeated)
      this.#listener.onConnection({ status: 'reconnecting', attempt: 1 });
    else {
      this.#wasSeated ||= state.status === 'connected';
      if (state.status === 'connected') this.#readmission.over();
      this.#listener.onConnection(state);
    }
  }

  #end(state: ConnectionState): void {
    this.close();
    this.#listener.onConnection(state);
  }

  /** The first seat is taken on the connection that stands ready, if one does. */
  #fromDoorstep(): Surroundings {
    const doorstep = this.#doorstep;
    if (doorstep === null) return this.#surroundings;
    this.#doorstep = null;
    return { ...this.#surroundings, connectTo: ({ token }) => doorstep.handOver(token) };
  }

  #seats(): Seat[] {
    return [this.#former, this.#seat].filter((seat) => seat !== null);
  }
}
