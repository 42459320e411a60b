import { notices, Refusal } from '@confab/protocol';
import type { NoticeName } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { MeetingCalls } from '../meetings/meeting-calls.ts';
import type { MeetingDirectory } from '../meetings/meeting-directory.ts';
import type { Meeting } from '../meetings/meeting.ts';
import { answerCall } from '../nodes/calls-anywhere.ts';
import type { MeetingOwners } from '../nodes/meeting-owners.ts';
import type { Membership } from '../nodes/membership.ts';
import type { NodeChannel } from '../nodes/node-channel.ts';
import type { Ask, Tell } from '../nodes/node-messages.ts';
import type { MeetingServer } from './connection-state.ts';
import { handleRequest } from './handle-requests.ts';
import type { NodeReporter } from './node-report.ts';
import { reachOtherNodes } from './node-rooms.ts';
import type { OperatorReach } from './operator-reach.ts';
import { RemoteConnections } from './remote-connections.ts';
import { RemoteMeetings } from './remote-meetings.ts';
import type { RequestHandlers } from './request-handler.ts';

export type OtherNodesParts = {
  io: MeetingServer;
  membership: Membership;
  channel: NodeChannel;
  owners: MeetingOwners;
  directory: MeetingDirectory;
  clock: Clock;
};

/** What answers the other nodes. */
type Answering = {
  handlers: RequestHandlers;
  calls: MeetingCalls;
  reach: OperatorReach;
  reporter: NodeReporter;
};

/** Joins this node's sockets with those of the other nodes: people of one meeting may be connected to any of them (R52, R53, R54). */
export class OtherNodes {
  readonly connections: RemoteConnections;
  readonly meetings: RemoteMeetings;
  private readonly parts: OtherNodesParts;
  private announce: (text: string) => void = () => undefined;

  constructor(parts: OtherNodesParts) {
    const { io, membership, channel, owners, clock } = parts;
    const { node } = membership;
    this.parts = parts;
    this.connections = new RemoteConnections({ io, channel, node, clock });
    this.meetings = new RemoteMeetings({ io, channel, node, clock });
    reachOtherNodes(io, (to, sockets, name, notice, volatile) =>
      channel.tell(to, { kind: 'notice', to: sockets, name, notice, volatile }),
    );
    owners.onLetGo = (meeting) => this.letGo(meeting);
    membership.events = {
      peers: () => new Set([...this.connections.nodes, ...this.meetings.nodes]),
      onDead: (dead) => this.bury(dead),
      onReturn: (isAnotherRun) => owners.check(isAnotherRun),
      onDown: () => channel.giveUp(),
      // What was said meanwhile has not arrived: whoever is connected across nodes takes the seat anew, as after any loss.
      onUp: () => {
        this.meetings.closeAll();
        this.connections.closeAll();
      },
      onBeat: () => this.meetings.tellHolding(),
    };
    channel.onTell = (from, tell) => this.hear(from, tell);
  }

  /** Answers what other nodes ask of meetings that are run here. */
  answer({ handlers, calls, reach, reporter }: Answering): void {
    this.parts.channel.onAsk = (from, ask) => {
      if (ask.kind === 'request') return this.answerRequest(handlers, from, ask);
      if (ask.kind === 'report') return reporter.report();
      if (ask.kind === 'end') return reach.end(ask.meetingId);
      return answerCall(calls, ask);
    };
    this.announce = (text) => reach.announce(text);
  }

  private async answerRequest(
    handlers: RequestHandlers,
    from: string,
    ask: Extract<Ask, { kind: 'request' }>,
  ): Promise<unknown> {
    const meeting = this.parts.directory.get(ask.meetingId);
    if (meeting === undefined) {
      // Its connection leads to a node that has the meeting no longer; a new one leads to the right one.
      this.parts.channel.tell(from, { kind: 'close', socket: ask.socket, what: 'transport' });
      throw new Refusal('internal');
    }
    const connection = this.connections.asking(from, ask, meeting);
    return handleRequest(handlers, connection, ask.name, ask.payload);
  }

  private hear(from: string, tell: Tell): void {
    const { io } = this.parts;
    if (tell.kind === 'notice') this.deliver(tell);
    else if (tell.kind === 'announced') this.announce(tell.text);
    else if (tell.kind === 'lost') this.connections.lose(from, tell.socket, tell.loss);
    else if (tell.kind === 'holding') this.connections.holding(from, tell.sockets);
    else if (tell.kind === 'seated') this.meetings.seated(from, tell.meetingId, tell.connections);
    else if (tell.what === 'session') io.sockets.sockets.get(tell.socket)?.disconnect(true);
    else io.sockets.sockets.get(tell.socket)?.conn.close();
  }

  private deliver({ to, name, notice, volatile }: Extract<Tell, { kind: 'notice' }>): void {
    if (!Object.hasOwn(notices, name) || to.length === 0) return;
    const sockets = this.parts.io.to(to);
    (volatile === true ? sockets.volatile : sockets).emit(name as NoticeName, notice as never);
  }

  private bury(node: string): void {
    this.parts.channel.giveUp(node);
    this.connections.loseNode(node);
    this.meetings.closeThoseOf(node);
  }

  private letGo(meeting: Meeting): void {
    this.connections.closeThoseIn(meeting);
    for (const socket of [...this.parts.io.sockets.sockets.values()])
      if (socket.data.meeting === meeting) socket.conn.close();
  }
}
