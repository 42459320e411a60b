import * as z from 'zod';
import { MAX_NAME } from './values.ts';

/** Longest SDP accepted after opening and inflating, in characters. */
export const MAX_SDP = 65_536;
/** Most ICE candidates in one signal; a browser gathers at most a few dozen per generation. */
export const MAX_CANDIDATES = 64;

/** A SHA-256 certificate fingerprint as SDP writes it (RFC 8122 §5): 32 upper-case hex pairs. */
export const Fingerprint = z.string().regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/);

/** The plaintext of a hello: who this incarnation is, and the one certificate all its links use (R16). */
export const Hello = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(MAX_NAME * 4),
  fingerprint: Fingerprint,
});
export type Hello = z.infer<typeof Hello>;

/** As `RTCIceCandidateInit`; an empty `candidate` ends the generation. */
export const Candidate = z.strictObject({
  candidate: z.string().max(1_024),
  sdpMid: z.string().max(16).nullable(),
  sdpMLineIndex: z.int().min(0).max(31).nullable(),
  usernameFragment: z.string().max(256).nullable().optional(),
});
export type Candidate = z.infer<typeof Candidate>;

const sdp = z.string().min(1).max(MAX_SDP);

/** What one link tells the other, in its own words; the part of a signal that changes something. */
export const SignalBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('offer'), sdp }),
  z.strictObject({ type: z.literal('answer'), sdp }),
  z.strictObject({
    type: z.literal('candidates'),
    candidates: z.array(Candidate).min(1).max(MAX_CANDIDATES),
  }),
  /** Asks the initiator for a new epoch: this side's connection is beyond repair. */
  z.strictObject({ type: z.literal('replacement-wanted') }),
]);
export type SignalBody = z.infer<typeof SignalBody>;

/**
 * The plaintext of a signal (R23). `epoch` counts the connections of this pair of incarnations from 1 and is raised by the
 * initiator only; `seq` counts this sender's signals within the epoch from 1; `ack` is the highest `seq` of the other side
 * up to which none is missing (0: none yet). A signal without `body` carries `seq` 0 and only confirms.
 */
export const Signal = z.strictObject({
  epoch: z.int().min(0).max(0xffffffff),
  seq: z.int().min(0).max(0xffffffff),
  ack: z.int().min(0).max(0xffffffff),
  body: SignalBody.optional(),
});
export type Signal = z.infer<typeof Signal>;
