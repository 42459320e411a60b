import type {
  HostRequest,
  LinkStanding,
  MediaState,
  Participant,
  Policy,
  RefusalCode,
  Role,
} from '@confab/protocol';

import type { DoorView } from './door-opener.ts';

/** The four media sections of every link, in the order of R32. */
export const SLOTS = ['microphone', 'camera', 'screen', 'screenSound'] as const;
export type Slot = (typeof SLOTS)[number];

/** What somebody may ask about others, or about what a host has decided of them, or say of their links. */
export type Command = HostRequest | 'role:claim' | 'hand:lower' | 'speech:ask' | 'links:report';

/** What a host has asked of this page, or ended, and which host. */
export type HostWord = { what: 'muted' | 'unshared'; by: string };

/** How the page stands with the server. Says nothing about media: links outlive it (R35). */
export type ConnectionState =
  | { status: 'connecting' }
  | { status: 'connected'; transport: 'websocket' | 'polling' }
  /**
   * `attempt` counts from 1. `forgotten`: the server answers, but no longer knows the meeting or the seat; the links live on. `silent`: the
   * connection had brought nothing for seconds before it was given up.
   */
  | { status: 'reconnecting'; attempt: number; forgotten?: true; silent?: true }
  /** The server said no, and asking again would not help. */
  | { status: 'refused'; error: RefusalCode }
  /** The seat was taken by a newer connection of the same participant. */
  | { status: 'taken' }
  | { status: 'closed' };

/** What was refused from one participant since the page loaded, by kind (R19, R26). */
export type RefusedSignals = {
  /** An SDP with another certificate than the sealed hello's: somebody stands in between. */
  fingerprint: number;
  /** Did not open: altered, cut short, forged, or addressed to somebody else. */
  altered: number;
  /** Opened before: sent again by the other side in good faith, or replayed. */
  repeated: number;
  /** Meant for another page load, or an older connection. */
  stale: number;
};

/** One participant as this page knows it: the server's snapshot with the sealed hello opened. */
export type ParticipantView = {
  id: string;
  /** Another one for each time that the page is loaded (R7). */
  incarnation: string;
  arrival: number;
  isSelf: boolean;
  /** Null when the hello does not open: a link without its secret, or a forgery. */
  name: string | null;
  role: Role;
  presence: 'present' | 'away' | 'reconnecting';
  media: MediaState;
  /** Null while it is down; of two raised hands the smaller number was up first (R57). */
  hand: number | null;
  /** Absent while they may speak (R67). */
  speech?: Participant['speech'];
  /** What a host has put an end to (R101); absent is nothing. */
  stopped?: Participant['stopped'];
  /** Their page says that it goes on with what a host has stopped (R100); absent is false. */
  heedless?: Participant['heedless'];
};

/** What a meeting connection tells the app; see `MeetingConnection`. */
export type MeetingEvents = {
  connection: ConnectionState;
  /** Everybody in order of arrival, oneself included, whenever anything about anyone changed. */
  participants: ParticipantView[];
  /** What hosts have set for the meeting, whenever they change it (R48). */
  policy: Policy;
  /** Whether one may become a host, since the last one has left (R65). */
  offered: boolean;
  /** Who is about to be gone because a host has removed them (R61). */
  removed: string;
  /** A host has this page mute itself, or has ended its share (R66, R68). */
  told: HostWord;
  /** Whose page goes on sending what a host has stopped: the links to them are closed (R100). Replaces what was known. */
  disobedience: string[];
  /** To hosts alone: who is kept out (R63). */
  door: DoorView;
  /** A link changed; `tracks` are the same four objects for as long as the link is not replaced. */
  link: {
    participantId: string;
    standing: LinkStanding;
    tracks: Partial<Record<Slot, MediaStreamTrack>>;
  };
  /** Somebody has opened a channel for the board, and waits to be spoken to on it (R95). */
  board: { participantId: string; channel: RTCDataChannel };
  /** How all links of one participant stand, oneself included; replaces what was known of `from` (R40). */
  standings: { from: string; links: { to: string; standing: LinkStanding }[] };
  /** What leads back to the seat, at every change; a page that is loaded anew shows it (R8). */
  seat: { participantId: string; token: string; resume: string };
  /** Somebody's loudness from 0 to 1, and whether they count as speaking (R33). At most 10 a second each. */
  level: { participantId: string; level: number; speaking: boolean };
  /** Whoever runs the server said something to everybody (R80). */
  announced: string;
  /** Something from this participant was refused; running totals. */
  refused: { participantId: string; refused: RefusedSignals };
};
