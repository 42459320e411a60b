import type { ChatMessage } from '@confab/protocol';
import { vi } from 'vitest';
import { Emitter } from '../../connection/emitter.ts';
import type { ChatEvents } from '../../connection/chat-connection.ts';
import type { MeetingEvents, ParticipantView } from '../../connection/meeting-events.ts';
import type { SignEvents } from '../../connection/signs-connection.ts';
import type { CallConnection } from '../call-connection.ts';
import type { ChatLine } from '../chat.svelte.ts';

/** A meeting connection without a meeting: tests say what it tells, and see what it was told. */
export function fakeConnection() {
  return {
    events: new Emitter<MeetingEvents>(),
    chat: fakeChatWay(),
    signs: fakeSignsLine(),
    participantId: 'self',
    join: vi.fn(() => Promise.resolve()),
    setTrack: vi.fn(() => Promise.resolve()),
    setMedia: vi.fn(),
    command: vi.fn(() => Promise.resolve()),
    stats: vi.fn<CallConnection['stats']>(() => Promise.resolve(null)),
    tellWaiting: vi.fn(() => Promise.resolve()),
    announceLevel: vi.fn(),
    dataChannel: vi.fn(() => null),
    tryNow: vi.fn(),
    leave: vi.fn(() => Promise.resolve()),
    close: vi.fn(),
  } satisfies CallConnection;
}

/** What leads to the chat: the same line for all, with what is said before anybody opens it. */
function fakeChatWay() {
  const line = fakeChatLine();
  const events = new Emitter<{ said: ChatMessage }>();
  const open = <Opened>(meet: (chat: ChatLine) => Opened) => Promise.resolve(meet(line));
  return { line, events, open };
}

/** The chat's part of it. */
export function fakeChatLine() {
  return {
    events: new Emitter<ChatEvents>(),
    say: vi.fn<ChatLine['say']>(() => 'id'),
    sayAgain: vi.fn<ChatLine['sayAgain']>(),
    retry: vi.fn(),
    discard: vi.fn(),
    announceTyping: vi.fn(),
  };
}

/** The signs' part of it. */
function fakeSignsLine() {
  return {
    events: new Emitter<SignEvents>(),
    setHand: vi.fn(),
    setAway: vi.fn(),
    react: vi.fn<CallConnection['signs']['react']>(() => Promise.resolve()),
  };
}

export function view(id: string, more: Partial<ParticipantView> = {}): ParticipantView {
  const media = { microphone: true, camera: true };
  const isSelf = id === 'self';
  return {
    id,
    incarnation: `${id}’s page`,
    arrival: 1,
    isSelf,
    name: id,
    role: 'participant',
    presence: 'present',
    hand: null,
    media,
    ...more,
  };
}

/** A track as a camera or microphone gives one. */
export class FakeTrack extends EventTarget {
  enabled = true;
  muted = false;
  label = 'A device';
  readyState: MediaStreamTrackState = 'live';
  readonly deviceId: string;
  readonly id: string;
  contentHint = '';
  /** What else its settings say. */
  settings: Record<string, unknown> = {};

  constructor(deviceId = 'device', id: string = crypto.randomUUID()) {
    super();
    this.deviceId = deviceId;
    this.id = id;
  }

  stop(): void {
    this.readyState = 'ended';
  }

  clone(): FakeTrack {
    return new FakeTrack(this.deviceId);
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId, ...this.settings };
  }
}

/** Puts a screen into the page: `getDisplayMedia` asks `give`, which answers picture and perhaps sound, or throws. */
export function putScreen(give: () => { picture: FakeTrack; sound?: FakeTrack }) {
  const getDisplayMedia = vi.fn((_wanted: DisplayMediaStreamOptions) =>
    Promise.resolve().then(() => {
      const { picture, sound } = give();
      return {
        getTracks: () => [picture, ...(sound ? [sound] : [])],
        getVideoTracks: () => [picture],
        getAudioTracks: () => (sound ? [sound] : []),
      };
    }),
  );
  const mediaDevices = { getDisplayMedia, getSupportedConstraints: () => ({}) };
  Object.defineProperty(navigator, 'mediaDevices', { value: mediaDevices, configurable: true });
  return getDisplayMedia;
}

/** A stream as far as pictures and sounds are made of tracks. */
export class FakeStream {
  #tracks: FakeTrack[];

  constructor(tracks: FakeTrack[] = []) {
    this.#tracks = [...tracks];
  }

  getTracks(): FakeTrack[] {
    return [...this.#tracks];
  }

  addTrack(track: FakeTrack): void {
    // As Chromium does: the same camera, received over a second connection, has the same id.
    if (!this.#tracks.some(({ id }) => id === track.id)) this.#tracks.push(track);
  }

  removeTrack(track: FakeTrack): void {
    this.#tracks = this.#tracks.filter((one) => one !== track);
  }
}

/** Puts devices into the page: `getUserMedia` asks `give`, which answers a track or throws. */
export function plugIn(give: (constraints: MediaStreamConstraints) => FakeTrack) {
  const getUserMedia = vi.fn((constraints: MediaStreamConstraints) =>
    Promise.resolve().then(() => {
      const track = give(constraints);
      return { getTracks: () => [track] };
    }),
  );
  const mediaDevices = Object.assign(new EventTarget(), {
    getUserMedia,
    enumerateDevices: () => Promise.resolve([]),
  });
  vi.stubGlobal('isSecureContext', true);
  Object.defineProperty(navigator, 'mediaDevices', { value: mediaDevices, configurable: true });
  return getUserMedia;
}
