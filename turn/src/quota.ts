/** Allocations that the relay grants. */
export type Quota = {
  /** To one participant at once. */
  perParticipant: number;
  /** To all together. */
  total: number;
  /** How many full meetings fit in which everybody comes over every address, and all restart at once. */
  fullMeetings: number;
  /** Without which not even one would. */
  neededPorts: number;
};

/** While ICE restarts, the former allocations are still there. */
const GENERATIONS = 2;
/** Of the ports, one in so many stays free: a port that was just given back is not to be had at once. */
const RESERVED_OF = 20;

/**
 * The mesh's arithmetic: in a meeting of N everybody has N − 1 links, and a browser allocates for each link at each of the TURN addresses, once
 * more while ICE restarts. The credential's name is the participant's, so coturn counts per participant. Fewer, and the last links of a full
 * meeting fail without a word. Each allocation takes one of `ports`.
 */
export function quotaFor(participants: number, urls: number, ports: number): Quota {
  const perParticipant = (participants - 1) * urls * GENERATIONS;
  const total = ports - Math.ceil(ports / RESERVED_OF);
  const meeting = participants * perParticipant;
  return {
    perParticipant,
    total,
    fullMeetings: Math.floor(total / meeting),
    neededPorts: Math.ceil((meeting * RESERVED_OF) / (RESERVED_OF - 1)),
  };
}
