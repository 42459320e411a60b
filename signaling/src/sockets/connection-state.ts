import type { ClientToServerEvents, ServerToClientEvents } from '@confab/protocol';
import type { Server, Socket } from 'socket.io';
import type { Meeting } from '../meetings/meeting.ts';
import type { Ticket } from '../meetings/ticket.ts';
import { allowances, Budget } from '../budget.ts';

/** Socket.IO's own events between servers are not used: nodes have a channel of their own. */
type NoEvents = Record<string, never>;

/** What of a meeting is known where its people are connected, though another node may run it. */
export type MeetingView = Pick<Meeting, 'id' | 'connectionOf' | 'lose'>;

/** This server's Socket.IO, typed by the protocol's tables. */
export type MeetingServer = Server<
  ClientToServerEvents,
  ServerToClientEvents,
  NoEvents,
  ConnectionState<MeetingView>
>;
/** One participant's connection to this node. */
export type ConnectedSocket = Socket<
  ClientToServerEvents,
  ServerToClientEvents,
  NoEvents,
  ConnectionState<MeetingView>
>;
/** One participant's connection as the node that runs the meeting sees it, whichever node it leads to. */
export type MeetingSocket = Pick<
  ConnectedSocket,
  'id' | 'connected' | 'emit' | 'to' | 'join' | 'leave'
> & {
  data: ConnectionState;
  conn: { close(): void };
  disconnect(close: true): unknown;
};

/** What the server knows of one authenticated connection; Socket.IO keeps it as `socket.data`. */
export class ConnectionState<In extends MeetingView = Meeting> {
  readonly meeting: In;
  readonly ticket: Ticket;
  /** When this connection's latest token expires, in seconds by the clock's `elapsed`. */
  expiresAt: number;
  /** Whether this connection has the seat now (R5). */
  joined = false;
  /** Whether this connection waits to be let in (R71). */
  waits = false;
  /** Since when it has had no seat, in milliseconds by the clock's `elapsed`. */
  unseatedSince: number;
  /** Since when its reader is too slow, likewise; null while it keeps up. */
  slowSince: number | null = null;
  readonly requests: Budget;
  readonly signals: Budget;

  constructor(meeting: In, ticket: Ticket, expiresAt: number, now: number) {
    this.meeting = meeting;
    this.ticket = ticket;
    this.expiresAt = expiresAt;
    this.unseatedSince = now;
    this.requests = new Budget(allowances.requests, now);
    this.signals = new Budget(allowances.signals, now);
  }

  get participantId(): string {
    return this.ticket.participantId;
  }
}

/** The Socket.IO room that is a meeting. The prefix keeps ids of meetings and of sockets apart. */
export function roomOf(meeting: { id: string }): string {
  return `meeting:${meeting.id}`;
}

/** The room of a meeting's hosts. */
export function hostsOf(meeting: { id: string }): string {
  return `hosts:${meeting.id}`;
}

/** The room of those at a meeting's door: who wait to be let in, and who were and have not sat down yet (R71). */
export function waitersOf(meeting: { id: string }): string {
  return `waiting:${meeting.id}`;
}
