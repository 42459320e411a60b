import * as z from 'zod/mini';
import { MAX_NAME } from './values.ts';

/** Longest SDP accepted after opening and inflating, in characters. */
export const MAX_SDP = 65_536;
/** Most ICE candidates in one signal; a browser gathers at most a few dozen per generation. */
export const MAX_CANDIDATES = 64;

/** A SHA-256 certificate fingerprint as SDP writes it (RFC 8122 §5): 32 upper-case hex pairs. */
export const Fingerprint = z.string().check(z.regex(/^[0-9A-F]{2}(:[0-9A-F]{2}){31}$/));

/** The plaintext of a hello: who this incarnation is, and the one certificate all its links use (R16). */
export const Hello = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(MAX_NAME * 4)),
  fingerprint: Fingerprint,
});
export type Hello = z.infer<typeof Hello>;

/** As `RTCIceCandidateInit`; an empty `candidate` ends the generation. */
export const Candidate = z.strictObject({
  candidate: z.string().check(z.maxLength(1_024)),
  sdpMid: z.nullable(z.string().check(z.maxLength(16))),
  sdpMLineIndex: z.nullable(z.int().check(z.gte(0), z.lte(31))),
  usernameFragment: z.optional(z.nullable(z.string().check(z.maxLength(256)))),
});
export type Candidate = z.infer<typeof Candidate>;

const sdp = z.string().check(z.minLength(1), z.maxLength(MAX_SDP));

/** What one link tells the other, in its own words; the part of a signal that changes something. */
export const SignalBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('offer'), sdp }),
  z.strictObject({ type: z.literal('answer'), sdp }),
  z.strictObject({
    type: z.literal('candidates'),
    candidates: z.array(Candidate).check(z.minLength(1), z.maxLength(MAX_CANDIDATES)),
  }),
  /** Asks the initiator for an ICE restart of the present connection (R34). */
  z.strictObject({ type: z.literal('restart-wanted') }),
  /** Asks the initiator for a new epoch: this side's connection is beyond repair. */
  z.strictObject({ type: z.literal('replacement-wanted') }),
]);
export type SignalBody = z.infer<typeof SignalBody>;

const count = z.int().check(z.gte(0), z.lte(0xffffffff));

/**
 * The plaintext of a signal (R23). `epoch` counts the connections of this pair of incarnations from 1 and is raised by the
 * initiator only; `seq` counts this sender's signals within the epoch from 1; `ack` is the highest `seq` of the other side
 * up to which none is missing (0: none yet). A signal without `body` carries `seq` 0 and only confirms.
 */
export const Signal = z.strictObject({
  epoch: count,
  seq: count,
  ack: count,
  body: z.optional(SignalBody),
});
export type Signal = z.infer<typeof Signal>;
