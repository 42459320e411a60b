import * as z from 'zod/mini';
import {
  IceServer,
  InvitationId,
  MAX_SEALED_HELLO,
  MeetingId,
  ParticipantId,
  Passcode,
  Proof,
  Role,
  SealedHello,
  Token,
  Verifier,
} from './values.ts';
import { nothing } from './replies.ts';
import { RefusalCode } from './refusals.ts';
import { Schedule } from './schedule.ts';

const seconds = z.int().check(z.positive());

/** What may be set when a meeting is made. */
export const MeetingSettings = z.strictObject({
  /** Most participants at once, itself and hosts included; at most the server's `MAX_PARTICIPANTS`. */
  capacity: z.optional(z.int().check(z.gte(1), z.lte(64))),
  /** Asked of everyone who joins, hosts excepted. 4 to 64 characters. */
  passcode: z.optional(Passcode),
  /** Whether whoever comes waits until a host lets them in; false unless said (R70). */
  waitingRoom: z.optional(z.boolean()),
  /** Whether the role of a host is offered to somebody when the last one leaves; it is, unless this says false (R65). */
  succession: z.optional(z.boolean()),
  /** When it takes place; without one it is open from now on, until a week after everybody has left (R107). */
  schedule: z.optional(Schedule),
});
export type MeetingSettings = z.infer<typeof MeetingSettings>;

/** Most invitations of one meeting that count at once. */
export const MAX_INVITATIONS = 200;

/** One invitation, as hosts are shown it (R105). Times are seconds since 1970 UTC. */
export const ListedInvitation = z.strictObject({
  id: InvitationId,
  role: Role,
  /** What whoever made it calls it, sealed. */
  name: z.optional(SealedHello),
  notBefore: z.optional(seconds),
  expiresAt: seconds,
  madeAt: seconds,
  /** Who made it, of those who have or had a seat; absent where it came from whoever runs the server. */
  madeBy: z.optional(ParticipantId),
  /** How many have come by it. */
  uses: z.int().check(z.nonnegative()),
  /** When somebody last did. */
  lastUsedAt: z.optional(seconds),
  /** The invitation itself, for whoever made it. */
  invitation: z.optional(Token),
});
export type ListedInvitation = z.infer<typeof ListedInvitation>;

/** The HTTP API: what each call takes and answers. Paths are relative to `/api`. */
export const httpCalls = {
  /** `POST /meetings` */
  createMeeting: {
    body: z.strictObject({ verifier: z.optional(Verifier), settings: z.optional(MeetingSettings) }),
    answer: z.strictObject({ meetingId: MeetingId, hostToken: Token }),
  },
  /** `GET /meetings/:id` */
  describeMeeting: {
    answer: z.strictObject({
      passcode: z.boolean(),
      waitingRoom: z.boolean(),
      /** Whether the server has a TURN server, so that one may ask for it alone (R50). */
      relay: z.boolean(),
      /** Whether somebody in it records it (R94). */
      recorded: z.boolean(),
    }),
  },
  /** `POST /meetings/:id/tokens`, by a host's token or an API key. Times are seconds since 1970 UTC. */
  createInvitation: {
    body: z.strictObject({
      /** For whoever lists invitations, sealed (R105). One that is not is kept nowhere: the server is to read none. */
      name: z.optional(z.string().check(z.maxLength(MAX_SEALED_HELLO))),
      role: z.optional(Role),
      notBefore: z.optional(seconds),
      expiresAt: z.optional(seconds),
    }),
    answer: z.strictObject({
      id: InvitationId,
      invitation: Token,
      role: Role,
      expiresAt: seconds,
    }),
  },
  /** `GET /meetings/:id/tokens`, by a host's token or an API key: latest first. */
  listInvitations: {
    answer: z.strictObject({
      invitations: z.array(ListedInvitation).check(z.maxLength(MAX_INVITATIONS)),
    }),
  },
  /** `DELETE /meetings/:id/tokens/:invitationId`, by a host's token or an API key: nobody comes by it any more (R106). */
  revokeInvitation: { answer: nothing },
  /** `GET /meetings/:id/schedule`, by a host's token or an API key. Null: it is open as long as it is there. */
  readSchedule: { answer: z.strictObject({ schedule: z.nullable(Schedule) }) },
  /** `PUT /meetings/:id/schedule`, by a host's token or an API key. Null ends the schedule, not the meeting. */
  setSchedule: {
    body: z.strictObject({ schedule: z.nullable(Schedule) }),
    answer: z.strictObject({ schedule: z.nullable(Schedule) }),
  },
  /** `POST /meetings/:id/admission` */
  admission: {
    body: z.strictObject({
      proof: Proof,
      /** The display name, sealed (R15). Kept nowhere unless somebody has to decide about a knock. */
      name: z.optional(z.string().check(z.maxLength(MAX_SEALED_HELLO))),
      passcode: z.optional(z.string().check(z.maxLength(64))),
      invitation: z.optional(Token),
    }),
    answer: z.strictObject({
      token: Token,
      participantId: ParticipantId,
      role: Role,
      /** Seconds until `token` expires. */
      tokenLifetime: seconds,
      /** Whether a host has to let them in first; absent is false (R70). */
      waits: z.optional(z.boolean()),
    }),
  },
} as const;

/** `POST /check`: what the connection check may try (R60). */
export const checkCall = {
  body: z.strictObject({ meetingId: z.optional(MeetingId), proof: z.optional(Proof) }),
  answer: z.strictObject({
    iceServers: z.array(IceServer).check(z.maxLength(8)),
    /** Whether there is TURN, and whether its addresses and a credential are among `iceServers`. */
    relays: z.enum(['none', 'offered', 'withheld']),
  }),
} as const;
export type CheckAnswer = z.infer<typeof checkCall.answer>;

/** The body of every answer that is not a success. `message` is a sentence for people who read logs, not for the page. */
export const HttpError = z.strictObject({
  error: RefusalCode,
  message: z.string(),
  /** Of `not-open`: when it opens, in seconds since 1970 UTC, and in how many seconds that is (R108). */
  opensAt: z.optional(seconds),
  opensIn: z.optional(z.int().check(z.nonnegative())),
});
export type HttpError = z.infer<typeof HttpError>;

export type AdmissionRequest = z.infer<typeof httpCalls.admission.body>;
export type AdmissionAnswer = z.infer<typeof httpCalls.admission.answer>;
export type CreatedMeeting = z.infer<typeof httpCalls.createMeeting.answer>;
export type MeetingDescription = z.infer<typeof httpCalls.describeMeeting.answer>;
export type InvitationRequest = z.infer<typeof httpCalls.createInvitation.body>;
export type MadeInvitation = z.infer<typeof httpCalls.createInvitation.answer>;
