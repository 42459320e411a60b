import * as z from 'zod/mini';
import { ParticipantId, SealedSignal } from './values.ts';

/** How one participant's connection to another stands, as it tells the others (R40). */
export const LinkStanding = z.enum(['connecting', 'ok', 'weak', 'restoring', 'lost']);
export type LinkStanding = z.infer<typeof LinkStanding>;

/** Longest message on a link's `signals` channel, in characters. */
export const MAX_CARRIED = 40_000;

/** One message on a link's `signals` channel, as JSON (R33): what the two ends tell each other without the server. */
export const Carried = z.discriminatedUnion('type', [
  /** A signal, sealed and addressed as for the server. `from` is believed as little as the server's word (R39). */
  z.strictObject({
    type: z.literal('signal'),
    from: ParticipantId,
    to: ParticipantId,
    sealed: SealedSignal,
  }),
  /** How all links of the sender stand, by participant; replaces what it said before (R40). */
  z.strictObject({
    type: z.literal('links'),
    links: z
      .array(z.strictObject({ to: ParticipantId, standing: LinkStanding }))
      .check(z.maxLength(64)),
  }),
]);
export type Carried = z.infer<typeof Carried>;
