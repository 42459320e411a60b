import type { Meeting } from '../meetings/meeting.ts';
import type { Ticket } from '../meetings/ticket.ts';
import { ConnectionState } from './connection-state.ts';
import type { MeetingServer, MeetingSocket } from './connection-state.ts';

export type RemoteConnectionParts = {
  io: MeetingServer;
  /** Has the socket's own node end it: `session` tells the client to stay away. */
  close: (what: 'transport' | 'session') => void;
  now: number;
};

/** A connection to another node, as the one that runs its meeting sees it. */
export class RemoteConnection implements MeetingSocket {
  readonly id: string;
  readonly data: ConnectionState;
  connected = true;
  readonly conn: MeetingSocket['conn'];
  private readonly parts: RemoteConnectionParts;

  constructor(
    id: string,
    seat: { meeting: Meeting; ticket: Ticket },
    parts: RemoteConnectionParts,
  ) {
    this.id = id;
    this.parts = parts;
    // When the token expires, and whether it has a seat at all, is watched where the socket is.
    this.data = new ConnectionState(seat.meeting, seat.ticket, Infinity, parts.now);
    this.conn = { close: () => parts.close('transport') };
  }

  emit: MeetingSocket['emit'] = (...event) => this.parts.io.to(this.id).emit(...event);

  to: MeetingSocket['to'] = (room) => this.parts.io.to(room).except(this.id);

  join(rooms: string | string[]): void {
    void this.adapter.addAll(this.id, new Set([rooms].flat()));
  }

  leave(room: string): void {
    void this.adapter.del(this.id, room);
  }

  disconnect(): void {
    this.parts.close('session');
  }

  /** It is gone: nothing reaches it any more. */
  end(): void {
    this.connected = false;
    this.data.joined = false;
    this.adapter.delAll(this.id);
  }

  private get adapter() {
    return this.parts.io.of('/').adapter;
  }
}
