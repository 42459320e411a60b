import type { ClientToServerEvents, Role, ServerToClientEvents } from '@confab/protocol';
import type { Server, Socket } from 'socket.io';
import type { Meeting } from '../meetings/meeting.ts';
import { allowances, Budget } from './budget.ts';

/** No events between several servers: there is one. */
type NoEvents = Record<string, never>;

/** This server's Socket.IO, typed by the protocol's tables. */
export type MeetingServer = Server<
  ClientToServerEvents,
  ServerToClientEvents,
  NoEvents,
  ConnectionState
>;
/** One participant's connection. */
export type MeetingSocket = Socket<
  ClientToServerEvents,
  ServerToClientEvents,
  NoEvents,
  ConnectionState
>;

/** What the server knows of one authenticated connection; Socket.IO keeps it as `socket.data`. */
export class ConnectionState {
  readonly meeting: Meeting;
  readonly participantId: string;
  readonly role: Role;
  /** When this connection's latest token expires, in seconds since 1970. */
  expiresAt: number;
  /** Whether this connection has the seat now (R5). */
  joined = false;
  /** Since when it has had no seat, in milliseconds since 1970. */
  unseatedSince: number;
  /** Since when its reader is too slow, in milliseconds since 1970; null while it keeps up. */
  slowSince: number | null = null;
  readonly requests: Budget;
  readonly signals: Budget;

  constructor(meeting: Meeting, participantId: string, role: Role, expiresAt: number, now: number) {
    this.meeting = meeting;
    this.participantId = participantId;
    this.role = role;
    this.expiresAt = expiresAt;
    this.unseatedSince = now;
    this.requests = new Budget(allowances.requests, now);
    this.signals = new Budget(allowances.signals, now);
  }
}

/** The Socket.IO room that is a meeting. The prefix keeps ids of meetings and of sockets apart. */
export function roomOf(meeting: Meeting): string {
  return `meeting:${meeting.id}`;
}
