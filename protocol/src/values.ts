import './checks-in-pages.ts';
import * as z from 'zod/mini';

/** The version of this protocol; part of every sealed envelope and of every key's derivation. */
export const PROTOCOL_VERSION = 1;

/** Bytes of a meeting id, participant id and incarnation: 128 random bits each. */
export const ID_BYTES = 16;

/** Bytes of a link's secret, of its proof and of the proof's verifier. */
export const SECRET_BYTES = 32;

/** Longest sealed signal in characters: an offer with four media sections seals to about 3,000 (R23). */
export const MAX_SEALED_SIGNAL = 32_768;

/** Longest sealed hello in characters: a name of 64 code points and a fingerprint seal to about 700 (R16). */
export const MAX_SEALED_HELLO = 2_048;

/** Longest sealed chat message in characters: 4,000 code points of four bytes each seal to about 22,100 (R44). */
export const MAX_SEALED_CHAT = 24_576;

/** Longest sealed reaction in characters: one frame of 256 bytes seals to 419 (R58). */
export const MAX_SEALED_REACTION = 419;

/** Longest sealed note to somebody who waits, in characters: 500 code points of four bytes each, and a name (R72). */
export const MAX_SEALED_NOTE = 4_096;

/** Longest display name in Unicode code points, after normalisation. */
export const MAX_NAME = 64;

/** base64url without padding that decodes to exactly `bytes` bytes; stray trailing bits are refused, so each value has one spelling. */
function base64urlOf(bytes: number) {
  const characters = Math.ceil((bytes * 8) / 6);
  const lastBits = (bytes * 8) % 6;
  const last = lastBits === 2 ? '[AQgw]' : lastBits === 4 ? '[AEIMQUYcgkosw048]' : '[A-Za-z0-9_-]';
  return z.string().check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${characters - 1}}${last}$`)));
}

/** Sealed bytes as base64url text, at most `characters` long; the server never looks inside (R20). */
function sealedText(characters: number) {
  return z.string().check(z.maxLength(characters), z.regex(/^[A-Za-z0-9_-]+$/));
}

/** One check for all of that length: each is bytes in every page. */
const thirtyTwoBytes = base64urlOf(SECRET_BYTES);

/** 16 random bytes, base64url (22 characters), made by the server. */
export const MeetingId = base64urlOf(ID_BYTES);
/** A seat's name for as long as the seat lives: 16 random bytes, base64url, made by the server. */
export const ParticipantId = base64urlOf(ID_BYTES);
/** One page load of a participant: 16 random bytes, base64url, made by the page. */
export const Incarnation = base64urlOf(ID_BYTES);
/** What shows that somebody holds the meeting's link: 32 bytes, base64url (R12). */
export const Proof = thirtyTwoBytes;
/** A SHA-256 digest, base64url (R84). */
export const Digest = thirtyTwoBytes;
/** SHA-256 of the proof's 32 bytes, base64url; all the server keeps of it (R12). */
export const Verifier = thirtyTwoBytes;
/** A signed token (JWT); opaque to whoever carries it. */
export const Token = z.string().check(z.minLength(1), z.maxLength(2_048));

/** An invitation's name: the first 22 characters of the base64url of its SHA-256 digest (R105). */
export const InvitationId = z.string().check(z.regex(/^[\w-]{22}$/));

/** 32 random bytes, base64url, made by the server at every join: whoever shows the latest has the seat (R8). */
export const ResumeToken = thirtyTwoBytes;

/** A chat message's name among its sender's: 16 random bytes, base64url, made by the sender (R42). */
export const MessageId = base64urlOf(ID_BYTES);

export const SealedChat = sealedText(MAX_SEALED_CHAT);
export const SealedReaction = sealedText(MAX_SEALED_REACTION);
export const SealedNote = sealedText(MAX_SEALED_NOTE);
export const SealedSignal = sealedText(MAX_SEALED_SIGNAL);
export const SealedHello = sealedText(MAX_SEALED_HELLO);

export const Role = z.enum(['host', 'participant']);
export type Role = z.infer<typeof Role>;

/** A recording's name for as long as it lasts: 16 random bytes, base64url, made by the page that records (R92). */
export const RecordingId = base64urlOf(ID_BYTES);

/** Most recordings to which somebody agrees at once. */
export const MAX_CONSENTS = 16;

/** What a participant sends at present; receivers trust it for display only. `screen` absent is false (R55). */
export const MediaState = z.strictObject({
  microphone: z.boolean(),
  camera: z.boolean(),
  screen: z.optional(z.boolean()),
  /** Absent while they record nothing (R92). */
  recording: z.optional(RecordingId),
  /** The recordings that may have their picture and sound (R93); absent is none. */
  consents: z.optional(z.array(RecordingId).check(z.minLength(1), z.maxLength(MAX_CONSENTS))),
});
export type MediaState = z.infer<typeof MediaState>;

/** Whether two states say the same, however they spell it. */
export function isSameMedia(one: MediaState, other: MediaState): boolean {
  return spelled(one) === spelled(other);
}

function spelled({ microphone, camera, screen = false, recording, consents }: MediaState): string {
  return [microphone, camera, screen, recording, consents].join();
}

/**
 * One participant as the snapshot shows it. `arrival` counts the meeting's arrivals from 1 and never changes for a seat;
 * of two participants, the one with the larger `arrival` opens the link (R30).
 */
export const Participant = z.strictObject({
  id: ParticipantId,
  arrival: z.int().check(z.positive()),
  incarnation: Incarnation,
  hello: SealedHello,
  role: Role,
  /** `reconnecting`: the socket is gone, the seat is held (R9). `away`: nobody looks at the page (R59). */
  presence: z.enum(['present', 'away', 'reconnecting']),
  media: MediaState,
  /** Null: no hand is raised. Of two raised hands the smaller number was up first (R57). */
  hand: z.nullable(z.int().check(z.positive())),
  /** A host has forbidden them to speak, and perhaps they ask to speak again; absent where they may (R67). */
  speech: z.optional(z.enum(['forbidden', 'asking'])),
  /** What a host has put an end to, until they have put it off and on again themselves (R101); absent is nothing. */
  stopped: z.optional(z.array(z.enum(['microphone', 'screen'])).check(z.maxLength(2))),
  /** Their page does not say yet that it does what a host has decided (R100); absent is false. */
  heedless: z.optional(z.boolean()),
});
export type Participant = z.infer<typeof Participant>;

/** 4 to 64 characters (R73). */
export const Passcode = z.string().check(z.minLength(4), z.maxLength(64));

/** What a host has set for the meeting (R48). */
export const Policy = z.strictObject({
  /** Nobody new comes in but hosts; whoever has a seat comes back to it. */
  locked: z.boolean(),
  /** Whoever comes waits until a host lets them in, hosts excepted; absent is false (R70). */
  waitingRoom: z.optional(z.boolean()),
  /** Whether whoever comes is asked for a passcode, hosts excepted; absent is false (R73). */
  passcode: z.optional(z.boolean()),
});
export type Policy = z.infer<typeof Policy>;

/** Somebody whom a host has removed (R61): the seat they had, with the hello that says their name. */
export const Removed = z.strictObject({
  id: ParticipantId,
  incarnation: Incarnation,
  hello: SealedHello,
});
export type Removed = z.infer<typeof Removed>;

/** Most people whom a meeting keeps out at once. */
export const MAX_REMOVED = 200;

/** Somebody who waits to be let in, with the hello that says their name (R71). */
export const Waiting = z.strictObject({
  id: ParticipantId,
  incarnation: Incarnation,
  hello: SealedHello,
  /** They cannot be told from somebody who was removed (R62); absent is false. */
  resembles: z.optional(z.boolean()),
});
export type Waiting = z.infer<typeof Waiting>;

/** Most people who wait for one meeting at once. */
export const MAX_WAITING = 100;

/** Most people of whom hosts are told that one of them has sent them away from the door. */
export const MAX_DENIED_SHOWN = 20;

/** What only hosts are told: who is kept out, latest first, and who waits, in order (R63, R71). */
export const Door = z.strictObject({
  removed: z.array(Removed).check(z.maxLength(MAX_REMOVED)),
  waiting: z.array(Waiting).check(z.maxLength(MAX_WAITING)),
});
export type Door = z.infer<typeof Door>;

/** Beside it, in a notice of its own, because pages of before know no more of a door: who was denied, latest first (R71). */
export const DeniedPeople = z.strictObject({
  denied: z.array(Removed).check(z.maxLength(MAX_DENIED_SHOWN)),
});
export type DeniedPeople = z.infer<typeof DeniedPeople>;

/** The whole meeting at one moment. `version` grows with every change; a receiver keeps the greatest it has seen (R7). */
export const Snapshot = z.strictObject({
  version: z.int().check(z.nonnegative()),
  /** In order of arrival. */
  participants: z.array(Participant).check(z.maxLength(64)),
  policy: Policy,
  /** Who may become a host, since the last one has left (R65). */
  offered: z.optional(ParticipantId),
});
export type Snapshot = z.infer<typeof Snapshot>;

const shortText = z.string().check(z.maxLength(256));

/** As `RTCIceServer`: where the browser finds STUN and TURN. */
export const IceServer = z.strictObject({
  urls: z.array(shortText).check(z.maxLength(8)),
  username: z.optional(shortText),
  credential: z.optional(shortText),
});
export type IceServer = z.infer<typeof IceServer>;
