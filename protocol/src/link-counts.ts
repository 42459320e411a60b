import * as z from 'zod/mini';

/** Most links one participant can have: a meeting has 64 places, one of them their own. */
const MOST = 63;

const links = z.int().check(z.nonnegative());

/** How many of one participant's links work, by the way they go (R114): nothing of which, to whom or over which addresses. */
export const LinkCounts = z
  .strictObject({ direct: links, relayed: links })
  .check(z.refine(({ direct, relayed }) => direct + relayed <= MOST));
export type LinkCounts = z.infer<typeof LinkCounts>;
