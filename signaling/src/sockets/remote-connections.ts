import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Loss } from '../meetings/lease-times.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { NodeChannel } from '../nodes/node-channel.ts';
import type { Ask } from '../nodes/node-messages.ts';
import type { MeetingServer } from './connection-state.ts';
import { nameElsewhere, readName } from './node-rooms.ts';
import { RemoteConnection } from './remote-connection.ts';

export type RemoteConnectionsParts = {
  io: MeetingServer;
  channel: NodeChannel;
  /** This node's name. */
  node: string;
  clock: Clock;
};

/** The owner's side: connections to other nodes, of people whose meeting is run here. */
export class RemoteConnections {
  private readonly parts: RemoteConnectionsParts;
  private readonly byNode = new Map<string, Map<string, RemoteConnection>>();
  private readonly byMeeting = new Map<Meeting, Set<RemoteConnection>>();
  /** What each node was told last of who is connected where, by meeting. */
  private readonly told = new Map<string, Map<string, string>>();

  constructor(parts: RemoteConnectionsParts) {
    this.parts = parts;
  }

  get nodes(): string[] {
    return [...this.byNode.keys()];
  }

  get(name: string): RemoteConnection | undefined {
    const found = readName(name);
    return found === null ? undefined : this.byNode.get(found.node)?.get(found.socketId);
  }

  /** The connection that asks; new at its first request. Throws `internal` where a name is used for two. */
  asking(node: string, ask: Extract<Ask, { kind: 'request' }>, meeting: Meeting): RemoteConnection {
    const { socket, participantId, role, via, listed, network, passcodes } = ask;
    const admittedAt = ask.issuedAt;
    const ticket = { participantId, role, via, listed, network, admittedAt, passcodes };
    const here = this.byNode.get(node) ?? new Map<string, RemoteConnection>();
    this.byNode.set(node, here);
    const known = here.get(socket) ?? this.make(node, socket, { meeting, ticket });
    here.set(socket, known);
    this.byMeeting.set(meeting, (this.byMeeting.get(meeting) ?? new Set()).add(known));
    if (known.data.meeting !== meeting || known.data.participantId !== participantId)
      throw new Refusal('internal');
    return known;
  }

  lose(node: string, socket: string, loss: Loss): void {
    const connection = this.byNode.get(node)?.get(socket);
    if (connection === undefined) return;
    const { meeting, participantId } = connection.data;
    this.forget(node, socket, connection);
    connection.end();
    meeting.lose(participantId, connection.id, loss);
  }

  /** These sockets are what there is at `node`: whoever is not among them is gone, and whoever is unknown has to connect anew. */
  holding(node: string, sockets: string[]): void {
    const held = new Set(sockets);
    const known = this.byNode.get(node);
    for (const socket of [...(known?.keys() ?? [])])
      if (!held.has(socket)) this.lose(node, socket, 'closed');
    for (const socket of held)
      if (known?.has(socket) !== true)
        this.parts.channel.tell(node, { kind: 'close', socket, what: 'transport' });
  }

  /** Everybody at `node` is gone. */
  loseNode(node: string): void {
    for (const socket of [...(this.byNode.get(node)?.keys() ?? [])])
      this.lose(node, socket, 'closed');
  }

  /** Has everybody elsewhere connect anew. */
  closeAll(): void {
    for (const meeting of this.byMeeting.keys()) this.closeThoseIn(meeting);
  }

  closeThoseIn(meeting: Meeting): void {
    for (const connection of this.byMeeting.get(meeting) ?? []) connection.conn.close();
  }

  /** Tells the nodes of a meeting's people who of it is connected where, if that has changed (R52). */
  tellSeats(meeting: Meeting): void {
    const nodes = this.nodesOf(meeting);
    if (nodes.size === 0) {
      this.told.delete(meeting.id);
      return;
    }
    const connections = meeting.connections.map(([participantId, name]): [string, string] => [
      participantId,
      readName(name) === null ? nameElsewhere(this.parts.node, name) : name,
    ]);
    const text = JSON.stringify(connections);
    const before = this.told.get(meeting.id);
    for (const node of nodes)
      if (before?.get(node) !== text)
        this.parts.channel.tell(node, { kind: 'seated', meetingId: meeting.id, connections });
    this.told.set(meeting.id, new Map([...nodes].map((node) => [node, text])));
  }

  private nodesOf(meeting: Meeting): Set<string> {
    const names = [...(this.byMeeting.get(meeting) ?? [])].map(({ id }) => readName(id));
    return new Set(names.flatMap((name) => name?.node ?? []));
  }

  private make(
    node: string,
    socket: string,
    seat: ConstructorParameters<typeof RemoteConnection>[1],
  ): RemoteConnection {
    const { io, channel, clock } = this.parts;
    return new RemoteConnection(nameElsewhere(node, socket), seat, {
      io,
      close: (what) => channel.tell(node, { kind: 'close', socket, what }),
      now: clock.elapsed(),
    });
  }

  private forget(node: string, socket: string, connection: RemoteConnection): void {
    const { meeting } = connection.data;
    const inMeeting = this.byMeeting.get(meeting);
    inMeeting?.delete(connection);
    if (inMeeting?.size === 0) this.byMeeting.delete(meeting);
    const here = this.byNode.get(node);
    here?.delete(socket);
    if (here?.size === 0) this.byNode.delete(node);
  }
}
