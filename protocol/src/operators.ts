import * as z from 'zod/mini';
import { Announcement } from './announcement.ts';
import type { Reply } from './requests.ts';
import { MeetingId } from './values.ts';

/** The Socket.IO namespace of whoever runs the server (R81); its handshake carries `auth.token`, the server's `ADMIN_TOKEN`. */
export const OPERATORS = '/admin';

const count = z.int().check(z.nonnegative());
const amount = z.number().check(z.nonnegative());

/** How many are in what state. */
const People = z.strictObject({ present: count, away: count, reconnecting: count });

/** How many ends of links work, by the way they go, as participants say (R114). */
const Links = z.strictObject({ direct: count, relayed: count });

/** One meeting as whoever runs the server may see it: how many, for how long, and nothing of who or what (R82). */
export const MeetingReport = z.strictObject({
  id: MeetingId,
  people: People,
  links: Links,
  locked: z.boolean(),
  /** Since when somebody is there, in milliseconds since 1970 UTC; null while nobody is. */
  since: z.nullable(count),
});
export type MeetingReport = z.infer<typeof MeetingReport>;

/** Counters that only grow, since the node's start, by label. */
const tally = z.record(z.string(), count);

/** One node of the server at one moment (R82). Rates follow from two of them. */
export const NodeReport = z.strictObject({
  node: z.string(),
  /** Its clock, milliseconds since 1970 UTC. */
  at: count,
  /** Seconds since its start. */
  uptime: amount,
  standing: z.enum(['ready', 'draining', 'failing']),
  /** The fullest first, two hundred at most; `total` counts all, the empty ones too. */
  meetings: z.strictObject({ total: count, busy: z.array(MeetingReport) }),
  people: People,
  links: Links,
  /** Connections that lead to this node, by transport. */
  connections: z.strictObject({ websocket: count, polling: count }),
  counts: z.strictObject({
    joins: count,
    signals: count,
    chat: count,
    faults: count,
    /** By error. */
    refusals: tally,
    /** Connections that ended, by reason. */
    closed: tally,
  }),
  load: z.strictObject({
    /** How late the event loop was, in milliseconds, since the report before (a quarter of a second at least): half the time, and at worst. */
    delay: z.strictObject({ median: amount, worst: amount }),
    /** Of one core, in the same time. */
    cpu: amount,
    /** Resident, in bytes. */
    memory: count,
  }),
  /** Where other programs are told of events (R113): how many wait, and since when a receiver takes none, in milliseconds since 1970 UTC. */
  webhooks: z.optional(z.strictObject({ pending: count, failingSince: z.nullable(count) })),
});
export type NodeReport = z.infer<typeof NodeReport>;

const nothing = z.strictObject({});

/** What an operator may ask; answered as all requests are. */
export const operatorRequests = {
  /** Says something to everybody in every meeting (R80). */
  'server:announce': { payload: z.strictObject({ text: Announcement }), reply: nothing },
  /** Ends a meeting for everybody (R83). */
  'meeting:end': { payload: z.strictObject({ meetingId: MeetingId }), reply: nothing },
} as const;

/** What an operator is told. */
export const operatorNotices = {
  /** All nodes, every two seconds (R82). */
  'server:reported': z.strictObject({ nodes: z.array(NodeReport) }),
} as const;

export type OperatorRequestName = keyof typeof operatorRequests;
export type OperatorPayload<Name extends OperatorRequestName> = z.infer<
  (typeof operatorRequests)[Name]['payload']
>;
export type OperatorNoticeName = keyof typeof operatorNotices;
export type OperatorNotice<Name extends OperatorNoticeName> = z.infer<
  (typeof operatorNotices)[Name]
>;

/** The namespace's event map, client to server. */
export type OperatorToServerEvents = {
  [Name in OperatorRequestName]: (
    payload: OperatorPayload<Name>,
    reply?: (reply: Reply<object>) => void,
  ) => void;
};

/** The namespace's event map, server to client. */
export type ServerToOperatorEvents = {
  [Name in OperatorNoticeName]: (notice: OperatorNotice<Name>) => void;
};
