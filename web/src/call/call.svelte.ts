import { SvelteMap } from 'svelte/reactivity';
import type { MediaState } from '@confab/protocol';
import type { ConnectionState, ParticipantView, Slot } from '../connection/meeting-events.ts';
import { Doorstep } from '../connection/doorstep.ts';
import { MeetingConnection } from '../connection/meeting-connection.ts';
import type { MeetingConnectionOptions } from '../connection/meeting-connection.ts';
import type { Admission } from '../connection/meetings-api.ts';
import { pageCertificate } from '../connection/sealing/certificate.ts';
import { Announcer } from './announcer.svelte.ts';
import type { LocalMedia } from './local-media.svelte.ts';
import { Participant, type ParticipantTracks } from './participant.svelte.ts';
import { Refusals } from './refusals.svelte.ts';
import { rosterChange } from './roster-changes.ts';

/** As {@link MeetingConnection}, so that tests need no server. */
export type CallConnection = Pick<
  MeetingConnection,
  | 'events'
  | 'participantId'
  | 'join'
  | 'setTrack'
  | 'setMedia'
  | 'announceLevel'
  | 'token'
  | 'leave'
  | 'close'
>;

/** Makes what every connection of this page needs, ahead of the first one, which would otherwise wait for it. */
export function prepareConnection(): void {
  // The connection asks for it again, and is where its absence is told.
  pageCertificate().catch(() => undefined);
}

/** Connects to the server for whoever will join with `admission`. */
export function openDoorstep(admission: Admission): Doorstep {
  return new Doorstep(admission);
}

export type CallEnd = Extract<ConnectionState, { status: 'taken' | 'refused' }>;

/** Opens the connection a {@link Call} speaks through, with what `media` holds now. */
export function openConnection(
  seat: Omit<MeetingConnectionOptions, 'media' | 'tracks'>,
  media: LocalMedia,
): CallConnection {
  return new MeetingConnection({ ...seat, media: media.state, tracks: tracksOf(media) });
}

/** One's part in one meeting, from joining to leaving: who is there, how they are reached, and what one sends them. */
export class Call {
  /** Everybody, oneself included, in order of arrival. */
  readonly participants = new SvelteMap<string, Participant>();
  readonly announcer = new Announcer();
  readonly refusals = new Refusals();
  readonly media: LocalMedia;
  readonly #connection: CallConnection;
  readonly #closers: (() => void)[];
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #sent = new Map<Slot, MediaStreamTrack | null>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #links = new Map<string, Parameters<Participant['setLink']>>();
  #status = $state.raw<ConnectionState>({ status: 'connecting' });
  #isComplete = false;

  /** `onEnd` hears when the server ends one's part: the seat was taken elsewhere, or taken away. */
  constructor(connection: CallConnection, media: LocalMedia, onEnd: (end: CallEnd) => void) {
    this.#connection = connection;
    this.media = media;
    const { events } = connection;
    this.#closers = [
      events.on('connection', (status) => {
        this.#status = status;
        if (status.status === 'taken' || status.status === 'refused') onEnd(status);
      }),
      events.on('participants', (views) => this.#showParticipants(views)),
      events.on('link', ({ participantId, standing, tracks }) => {
        this.#links.set(participantId, [standing, tracks]);
        this.participants.get(participantId)?.setLink(standing, tracks);
      }),
      events.on('level', ({ participantId, level, speaking }) =>
        this.participants.get(participantId)?.setLevel(level, speaking),
      ),
      events.on('refused', ({ participantId, refused }) =>
        this.refusals.show(participantId, this.participants.get(participantId)?.name, refused),
      ),
      media.changes.on('state', (state) => this.#send(state)),
      media.changes.on('loudness', ({ level, speaking }) => {
        connection.announceLevel(level, speaking);
        this.self?.setLevel(level, speaking);
      }),
    ];
    for (const [slot, track] of Object.entries(tracksOf(media)))
      this.#sent.set(slot as Slot, track);
  }

  get status(): ConnectionState {
    return this.#status;
  }

  get self(): Participant | undefined {
    return this.participants.get(this.#connection.participantId);
  }

  get participantId(): string {
    return this.#connection.participantId;
  }

  /** The latest token of the seat. */
  get token(): string {
    return this.#connection.token();
  }

  /** Resolves when the seat is taken; rejects with Refusal or Unreachable. */
  join(): Promise<void> {
    return this.#connection.join();
  }

  async leave(): Promise<void> {
    await this.#connection.leave();
    this.close();
  }

  close(): void {
    for (const close of this.#closers.splice(0)) close();
    this.announcer.close();
    this.#connection.close();
  }

  #showParticipants(views: ParticipantView[]): void {
    const others = (people: Iterable<{ id: string; name: string | null; isSelf: boolean }>) =>
      [...people].filter(({ isSelf }) => !isSelf);
    // Whoever was here before oneself did not join: they are simply there.
    if (this.#isComplete)
      this.announcer.note(rosterChange(others(this.participants.values()), others(views)));
    this.#isComplete = true;
    for (const id of [...this.participants.keys()])
      if (!views.some((view) => view.id === id)) this.#forget(id);
    for (const view of views) this.#show(view);
  }

  #show(view: ParticipantView): void {
    const known = this.participants.get(view.id);
    const participant = known ?? new Participant(view);
    participant.show(view);
    if (!known) this.participants.set(view.id, participant);
    const link = this.#links.get(view.id);
    if (!known && link) participant.setLink(...link);
    if (!view.isSelf) return;
    // One's own state is what it is here and now, not what the server last heard.
    participant.setMedia(this.media.state);
    participant.setTracks(present(tracksOf(this.media)));
  }

  #forget(id: string): void {
    this.participants.delete(id);
    this.#links.delete(id);
  }

  #send(state: MediaState): void {
    for (const [slot, track] of Object.entries(tracksOf(this.media)) as [
      Slot,
      MediaStreamTrack | null,
    ][]) {
      if (this.#sent.get(slot) === track) continue;
      this.#sent.set(slot, track);
      void this.#connection.setTrack(slot, track);
    }
    this.#connection.setMedia(state);
    this.self?.setMedia(state);
    this.self?.setTracks(present(tracksOf(this.media)));
  }
}

function tracksOf(media: LocalMedia) {
  return { microphone: media.microphone.track, camera: media.camera.track };
}

function present(tracks: ReturnType<typeof tracksOf>): ParticipantTracks {
  return {
    ...(tracks.microphone && { microphone: tracks.microphone }),
    ...(tracks.camera && { camera: tracks.camera }),
  };
}
