import type { Policy } from '@confab/protocol';
import type { ConnectionState, HostWord, ParticipantView } from '../connection/meeting-events.ts';
import * as m from '../paraglide/messages.js';
import type { RecordingMarks } from '../recording/recorder-call.ts';
import type { Recordings } from '../recording/recordings.svelte.ts';
import type { NamedPair } from './announcer.svelte.ts';
import { CallNews } from './call-news.ts';
import { BoardAccess } from './board-access.svelte.ts';
import type { CallConnection } from './call-connection.ts';
import type { ChatEntry } from './chat-entry.svelte.ts';
import { ChatAccess } from './chat-access.svelte.ts';
import { distinctName, tellApart } from './distinct-name.ts';
import { DominantSpeaker } from './dominant-speaker.svelte.ts';
import { inOrder } from './hands.ts';
import { Hosting } from './hosting.svelte.ts';
import { Interruption } from './interruption.svelte.ts';
import { LastingTrouble } from './lasting-trouble.ts';
import { LinkMatrix, type Pair } from './link-matrix.svelte.ts';
import type { LocalMedia } from './local-media.svelte.ts';
import { Mix } from './mix.svelte.ts';
import { OwnMedia } from './own-media.svelte.ts';
import { Participant } from './participant.svelte.ts';
import { wordsForRole, wordsForSharing } from './participant-words.ts';
import { Refusals } from './refusals.svelte.ts';
import type { ScreenAim } from './screen-share.svelte.ts';
import { Signs } from './signs.svelte.ts';
import { StoredSwitch } from './stored-switch.svelte.ts';
import { ReactiveMap } from './reactive-map.svelte.ts';

export type CallEnd = Extract<ConnectionState, { status: 'taken' | 'refused' }>;

/** One's part in one meeting, from joining to leaving: who is there, how they are reached, and what one sends them. */
export class Call {
  /** Everybody, oneself included, in order of arrival. */
  readonly participants = new ReactiveMap<string, Participant>();
  /** Of everybody who was here, by id: what they have said outlasts them. */
  readonly names = new ReactiveMap<string, string>();
  readonly news = new CallNews((id) => this.nameInSentence(id));
  readonly announcer = this.news.announcer;
  readonly speaker = new DominantSpeaker();
  readonly mix = new Mix();
  readonly refusals = new Refusals();
  /** Whether one wants to hear what happens. */
  readonly sounds = new StoredSwitch('confab:sounds');
  readonly interruption = new Interruption((isOver) =>
    this.announcer.say(isOver ? m.banner_back() : m.banner_interrupted()),
  );
  readonly links = new LinkMatrix(() => this.participantId);
  readonly chat: ChatAccess;
  readonly board: BoardAccess;
  readonly signs: Signs;
  readonly hosting: Hosting;
  readonly media: LocalMedia;
  /** For whoever shows how good the ways to the server and to the others are. */
  readonly ways: Pick<CallConnection, 'stats' | 'command'>;
  readonly #connection: CallConnection;
  readonly #closers: (() => void)[];
  readonly #own: OwnMedia;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen depends on it
  readonly #ownLinks = new Map<string, Parameters<Participant['setLink']>>();
  readonly #troubles = new LastingTrouble(({ troubled, healed }) => {
    const named = (pairs: Pair[]) =>
      pairs.map(({ one, other }): NamedPair => [
        this.nameInSentence(one),
        this.nameInSentence(other),
      ]);
    this.announcer.note({ troubled: named(troubled), healed: named(healed) });
  });
  #status = $state.raw<ConnectionState>({ status: 'connecting' });
  #announced = $state<string | null>(null);
  /** The recording of one's own that everybody is told of. */
  toldRecording = $state<string>();
  /** One's part in recordings, fetched when somebody first makes one; null before. */
  recordings = $state.raw<Recordings | null>(null);
  #isComplete = false;

  /** `onEnd` hears when the server ends one's part: the seat was taken elsewhere, or taken away. */
  constructor(connection: CallConnection, media: LocalMedia, onEnd: (end: CallEnd) => void) {
    this.#connection = connection;
    this.ways = connection;
    this.media = media;
    this.chat = new ChatAccess(
      connection,
      () => this.participantId,
      (entry) => this.#announceMessage(entry),
    );
    this.board = new BoardAccess(connection, () => this.participants.keys());
    this.signs = new Signs(connection.signs, (participantId, emoji) => {
      this.participants.get(participantId)?.setReaction(emoji);
      if (emoji !== null) this.news.reacted(participantId, emoji);
    });
    this.hosting = new Hosting(connection, this.participants);
    const { events } = connection;
    this.#closers = [
      events.on('connection', (status) => {
        this.#status = status;
        this.interruption.see(status);
        if (status.status === 'taken' || status.status === 'refused') onEnd(status);
      }),
      events.on('participants', (views) => this.#showParticipants(tellApart(views))),
      connection.signs.events.on('hand', ({ wanted }) => this.self?.wantHand(wanted)),
      events.on('policy', (policy) => this.#showPolicy(policy)),
      events.on('offered', (isOffered) => this.hosting.showOffered(isOffered)),
      events.on('door', (door) => this.hosting.showDoor(door)),
      events.on('removed', (id) => this.news.removed.add(id)),
      events.on('told', (word) => this.#obey(word)),
      events.on('disobedience', (ids) => {
        this.hosting.showDisobedient(ids);
        for (const id of ids) this.#showLink(id, 'closed', {});
      }),
      events.on('link', ({ participantId, standing, tracks }) =>
        this.#showLink(participantId, standing, tracks),
      ),
      events.on('standings', ({ from, links }) => {
        this.links.show(from, links);
        this.#troubles.see(this.pairs);
      }),
      events.on('level', ({ participantId, level, speaking }) => {
        const participant = this.participants.get(participantId);
        if (participant?.isSilenced) return;
        participant?.setLevel(level, speaking);
        this.speaker.hear(participantId, speaking);
        if (speaking) this.mix.hear(participantId, level);
      }),
      events.on('refused', ({ participantId, refused }) =>
        this.refusals.show(participantId, this.participants.get(participantId)?.name, refused),
      ),
      events.on('announced', (text) => (this.#announced = text)),
      media.changes.on('state', () => this.#own.send(this.self)),
      media.changes.on('loudness', ({ level, speaking }) => {
        connection.announceLevel(level, speaking);
        this.self?.setLevel(level, speaking);
      }),
    ];
    this.#own = new OwnMedia(connection, media);
  }

  get status(): ConnectionState {
    return this.#status;
  }

  /** What whoever runs the server said last (R80), until it is dismissed. */
  get announced(): string | null {
    return this.#announced;
  }

  dismissAnnouncement(): void {
    this.#announced = null;
  }

  get self(): Participant | undefined {
    return this.participants.get(this.#connection.participantId);
  }

  /** Whether nobody new comes in but hosts. */
  get isLocked(): boolean {
    return this.hosting.policy?.locked ?? false;
  }

  /** Whether somebody records the meeting, oneself included (R92). */
  get isRecorded(): boolean {
    return [...this.participants.values()].some(({ media }) => media.recording);
  }

  /** What one tells of recordings from now on. */
  tellRecordings(marks: RecordingMarks): void {
    this.#own.mark(marks);
    this.#own.send(this.self);
  }

  /** What the others get of one's shared screen: sharp text, or smooth motion. Costs no signal. */
  aimScreen(aim: ScreenAim): void {
    this.media.screen.aimAt(aim);
    void this.#connection.setTrack('screen', this.media.tracks.screen);
  }

  get participantId(): string {
    return this.#connection.participantId;
  }

  /** Everybody's links, one's own first. */
  get pairs(): Pair[] {
    const others = [...this.participants.keys()].filter((id) => id !== this.participantId);
    return this.links.pairs([this.participantId, ...others]);
  }

  /** Resolves when the seat is taken; rejects with Refusal or Unreachable. */
  async join(): Promise<void> {
    await this.#connection.join();
    this.chat.seated();
  }

  /** Where the server or others cannot be reached, tries it at once instead of when it is due. */
  tryNow(): void {
    this.#connection.tryNow();
  }

  async leave(): Promise<void> {
    await this.#connection.leave();
    this.close();
  }

  close(): void {
    for (const close of this.#closers.splice(0)) close();
    // It was this meeting's hosts who said so.
    this.media.heed({});
    this.news.close();
    this.chat.close();
    this.board.close();
    this.signs.close();
    this.recordings?.close();
    this.interruption.close();
    this.#troubles.close();
    this.#connection.close();
  }

  /** Everybody with a hand up, first raised first. */
  get raisedHands(): Participant[] {
    return inOrder(this.participants.values());
  }

  /** Puts one's own hand up, or takes it down. */
  toggleHand(): void {
    const isUp = !(this.self?.isHandUp ?? false);
    this.signs.setHand(isUp);
    this.announcer.say(isUp ? m.announced_hand_up() : m.announced_hand_down());
  }

  /** "you" for oneself; null for a name that could not be read. */
  nameInSentence(id: string): string | null {
    if (id === this.participantId) return m.you_in_sentence();
    return this.participants.get(id)?.name ?? null;
  }

  #showParticipants(views: ParticipantView[]): void {
    // Whoever was here before oneself did not join: they are simply there.
    if (this.#isComplete) this.news.compare(this.participants.values(), views);
    this.#isComplete = true;
    for (const id of [...this.participants.keys()])
      if (!views.some((view) => view.id === id)) this.#forget(id);
    for (const view of views) this.#show(view);
    this.recordings?.see();
    this.links.keepOnly([...this.participants.keys()]);
    this.#troubles.see(this.pairs);
  }

  #showPolicy(policy: Policy): void {
    const before = this.hosting.policy?.locked;
    this.hosting.showPolicy(policy);
    if (before === undefined || before === policy.locked) return;
    this.announcer.say(policy.locked ? m.announced_locked() : m.announced_unlocked());
  }

  #show(view: ParticipantView): void {
    const known = this.participants.get(view.id);
    const participant = known ?? new Participant(view);
    if (known && !view.isSelf && known.isSharing !== (view.media.screen ?? false))
      this.announcer.say(wordsForSharing(view));
    if (known && known.role !== view.role) {
      this.announcer.say(wordsForRole(view));
      if (view.isSelf) this.hosting.showRole(view.role);
    }
    participant.show(view);
    if (view.name !== null) this.names.set(view.id, view.name);
    if (!known) this.participants.set(view.id, participant);
    const link = this.#ownLinks.get(view.id);
    if (!known && link) participant.setLink(...link);
    if (!view.isSelf) return;
    this.media.heed(view);
    this.toldRecording = view.media.recording;
    participant.wantHand(this.signs.wantedHand);
    this.#own.showOn(participant);
  }

  #obey(word: HostWord): void {
    const isMuting = word.what === 'muted';
    if (!(isMuting ? this.media.microphoneOn : this.media.screen.isOn)) return;
    if (isMuting) this.media.mute();
    else this.media.screen.stop();
    this.hosting.showTold(word);
  }

  #showLink(participantId: string, ...link: Parameters<Participant['setLink']>): void {
    this.#ownLinks.set(participantId, link);
    this.participants.get(participantId)?.setLink(...link);
  }

  #announceMessage({ from, name, text }: ChatEntry): void {
    const signed = name === null ? null : distinctName(name);
    const who = this.participants.get(from)?.name ?? signed ?? m.unnamed();
    this.news.message(who, text);
  }

  #forget(id: string): void {
    this.participants.delete(id);
    this.speaker.forget(id);
    this.mix.forget(id);
    this.#ownLinks.delete(id);
  }
}
