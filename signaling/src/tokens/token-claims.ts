import { MeetingId, ParticipantId, Role } from '@confab/protocol';
import * as z from 'zod';
import { MAX_VIA } from '../meetings/ticket.ts';

/** Seconds that two clocks may differ. */
export const CLOCK_TOLERANCE = 30;
/** Seconds a participant token lives. */
export const PARTICIPANT_TOKEN_LIFETIME = 3_600;
/** Longest life of an invitation, in seconds. */
export const MAX_INVITATION_LIFETIME = 400 * 86_400;

const seconds = z.int().positive();
/** Who stands behind a token, by participant and by invitation; absent where nobody does. */
const via = z.array(z.string().length(22)).min(1).max(MAX_VIA);
/** The invitation, or the one its bearer came by, counts only as long as the meeting lists it (R106). */
const listed = z.literal(true);
const signed = {
  iss: z.literal('confab'),
  meeting: MeetingId,
  role: Role,
  iat: seconds,
  exp: seconds,
};

/** Each purpose of a token: its `typ`, its audience, how long it may live (seconds), and its claims. */
export const purposes = {
  participant: {
    typ: 'participant+jwt',
    aud: 'confab/socket',
    maxLifetime: PARTICIPANT_TOKEN_LIFETIME,
    claims: z.strictObject({
      ...signed,
      aud: z.literal('confab/socket'),
      sub: ParticipantId,
      via: via.optional(),
      listed: listed.optional(),
      net: z.string().max(22).optional(),
      /** When they were admitted, where that was before `iat`. */
      since: seconds.optional(),
      /** How many passcodes hosts had set by then; absent where none had. */
      passcodes: z.int().positive().optional(),
    }),
  },
  invitation: {
    typ: 'invitation+jwt',
    aud: 'confab/admission',
    maxLifetime: MAX_INVITATION_LIFETIME,
    claims: z.strictObject({
      ...signed,
      aud: z.literal('confab/admission'),
      nbf: seconds.optional(),
      /** Makes two invitations of one second two (R62). */
      jti: z.string().length(22).optional(),
      by: via.optional(),
      listed: listed.optional(),
    }),
  },
} as const;

export type Purpose = keyof typeof purposes;
export type Claims<P extends Purpose> = z.infer<(typeof purposes)[P]['claims']>;
