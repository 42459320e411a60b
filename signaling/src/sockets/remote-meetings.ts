import type { Payload } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Loss } from '../meetings/lease-times.ts';
import type { NodeChannel } from '../nodes/node-channel.ts';
import type { ConnectedSocket, MeetingServer, MeetingView } from './connection-state.ts';
import { readName } from './node-rooms.ts';
import type { AnsweredRequest } from './request-handler.ts';

export type RemoteMeetingsParts = {
  io: MeetingServer;
  channel: NodeChannel;
  /** This node's name. */
  node: string;
  clock: Clock;
};

/** A meeting that another node runs, as far as signals need it here. */
class RemoteMeeting implements MeetingView {
  readonly id: string;
  /** The node that runs it; a meeting that another one takes over is another object. */
  readonly owner: string;
  connections = new Map<string, string>();
  private readonly onLose: (socketId: string, loss: Loss) => void;

  constructor(id: string, owner: string, onLose: (socketId: string, loss: Loss) => void) {
    this.id = id;
    this.owner = owner;
    this.onLose = onLose;
  }

  connectionOf(participantId: string): string | undefined {
    return this.connections.get(participantId);
  }

  lose(_participantId: string, socketId: string, loss: Loss): void {
    this.onLose(socketId, loss);
  }
}

/** The other side: people who are connected here, and whose meeting another node runs (R52). Requests are asked of that node, signals go where the addressee is. */
export class RemoteMeetings {
  private readonly parts: RemoteMeetingsParts;
  private readonly meetings = new Map<string, RemoteMeeting>();
  /** The sockets that each owner knows. */
  private readonly known = new Map<string, Set<string>>();

  constructor(parts: RemoteMeetingsParts) {
    this.parts = parts;
  }

  get nodes(): string[] {
    return [...this.known.keys()];
  }

  /** What stands here for the meeting. */
  viewOf(meetingId: string, owner: string): MeetingView {
    const before = this.meetings.get(meetingId);
    if (before?.owner === owner) return before;
    if (before !== undefined) this.closeWhere((meeting) => meeting === before);
    const view = new RemoteMeeting(meetingId, owner, (socketId, loss) => {
      if (this.forget(owner, socketId))
        this.parts.channel.tell(owner, { kind: 'lost', socket: socketId, loss });
    });
    this.meetings.set(meetingId, view);
    return view;
  }

  /** Has the owner do what this connection asks. Throws its Refusal. */
  async forward(
    socket: ConnectedSocket,
    name: AnsweredRequest,
    payload: Payload<AnsweredRequest>,
  ): Promise<unknown> {
    const { channel, clock } = this.parts;
    const state = socket.data;
    const { id: meetingId, owner } = state.meeting as RemoteMeeting;
    this.known.set(owner, (this.known.get(owner) ?? new Set()).add(socket.id));
    if (name === 'meeting:leave') {
      state.joined = state.waits = false;
      state.unseatedSince = clock.elapsed();
    }
    const { admittedAt: issuedAt, ...ticket } = state.ticket;
    const who = { socket: socket.id, meetingId, ...ticket, issuedAt };
    const data = await channel.ask(owner, { kind: 'request', ...who, name, payload });
    if (name === 'meeting:join') state.joined = true;
    if (name === 'door:knock') state.waits = (data as { place: number }).place > 0;
    const lifetime = (data as { tokenLifetime?: unknown }).tokenLifetime;
    if (typeof lifetime === 'number') state.expiresAt = clock.elapsed() / 1000 + lifetime;
    return data;
  }

  /** The owner says who is connected where. */
  seated(from: string, meetingId: string, connections: [string, string][]): void {
    const meeting = this.meetings.get(meetingId);
    if (meeting?.owner !== from) return;
    const here = (name: string) => {
      const found = readName(name);
      return found?.node === this.parts.node ? found.socketId : name;
    };
    meeting.connections = new Map(connections.map(([id, name]) => [id, here(name)]));
  }

  /** Tells every owner which sockets are here, and forgets meetings that none is in. */
  tellHolding(): void {
    for (const [owner, sockets] of this.known)
      this.parts.channel.tell(owner, { kind: 'holding', sockets: [...sockets] });
    const inUse = new Set<MeetingView>();
    for (const socket of this.parts.io.sockets.sockets.values()) inUse.add(socket.data.meeting);
    for (const [id, meeting] of this.meetings) if (!inUse.has(meeting)) this.meetings.delete(id);
  }

  /** Has everybody connect anew whose meeting `owner` runs. */
  closeThoseOf(owner: string): void {
    this.closeWhere((meeting) => meeting.owner === owner);
  }

  closeAll(): void {
    this.closeWhere(() => true);
  }

  private closeWhere(fits: (meeting: RemoteMeeting) => boolean): void {
    for (const socket of [...this.parts.io.sockets.sockets.values()]) {
      const { meeting } = socket.data;
      if (meeting instanceof RemoteMeeting && fits(meeting)) socket.conn.close();
    }
  }

  private forget(owner: string, socketId: string): boolean {
    const sockets = this.known.get(owner);
    const wasKnown = sockets?.delete(socketId) === true;
    if (sockets?.size === 0) this.known.delete(owner);
    return wasKnown;
  }
}
