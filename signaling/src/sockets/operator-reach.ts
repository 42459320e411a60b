import { NodeReport, Refusal } from '@confab/protocol';
import type { MeetingDirectory, FindMeeting } from '../meetings/meeting-directory.ts';
import type { NodeChannel } from '../nodes/node-channel.ts';
import type { RedisLink } from '../nodes/redis-link.ts';
import { nodesIn } from '../nodes/membership.ts';
import type { MeetingServer, MeetingSocket } from './connection-state.ts';
import { endMeeting } from './end-meeting.ts';
import type { NodeReporter } from './node-report.ts';
import type { OperatorHandlers } from './operators.ts';

/** The other nodes, where there are some. */
type Others = { link: RedisLink; channel: NodeChannel; node: string };

export type OperatorReachParts = {
  io: MeetingServer;
  directory: MeetingDirectory;
  find: FindMeeting;
  reporter: NodeReporter;
  /** The connection of that name, whichever node it leads to. */
  connectionNamed: (name: string) => MeetingSocket | undefined;
  others: Others | null;
};

/** What operators see and do, on this node and on all others. */
export class OperatorReach {
  readonly handlers: OperatorHandlers;
  private readonly parts: OperatorReachParts;

  constructor(parts: OperatorReachParts) {
    this.parts = parts;
    this.handlers = {
      'server:announce': ({ text }) => this.announceEverywhere(text),
      'meeting:end': ({ meetingId }) => this.endAnywhere(meetingId),
    };
  }

  /** All nodes that answer, this one first. */
  async reports(): Promise<NodeReport[]> {
    const [own, others] = await Promise.all([this.parts.reporter.report(), this.othersReports()]);
    return [own, ...others];
  }

  /** R80, to those who are connected to this node. */
  announce(text: string): void {
    this.parts.io.emit('server:announced', { text });
  }

  /** R83, where this node runs the meeting. Throws `meeting-not-found`. */
  async end(meetingId: string): Promise<void> {
    const meeting = this.parts.directory.get(meetingId);
    if (meeting === undefined) throw new Refusal('meeting-not-found');
    for (const { conn } of await endMeeting(this.parts, meeting)) conn.close();
  }

  /** Throws a LinkFault where it cannot be told who else is to hear of it; those who are connected here have. */
  private async announceEverywhere(text: string): Promise<void> {
    this.announce(text);
    for (const node of await this.otherNodes())
      this.parts.others?.channel.tell(node, { kind: 'announced', text });
  }

  private async endAnywhere(meetingId: string): Promise<void> {
    const found = await this.parts.find(meetingId);
    if (found !== null && 'node' in found && this.parts.others !== null)
      await this.parts.others.channel.ask(found.node, { kind: 'end', meetingId });
    else await this.end(meetingId);
  }

  private async othersReports(): Promise<NodeReport[]> {
    const { others } = this.parts;
    if (others === null) return [];
    const nodes = await this.otherNodes().catch((): string[] => []);
    const asked = nodes.map(async (node) =>
      NodeReport.parse(await others.channel.ask(node, { kind: 'report' })),
    );
    const answers = await Promise.allSettled(asked);
    return answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  }

  private async otherNodes(): Promise<string[]> {
    const { others } = this.parts;
    if (others === null) return [];
    const all = await nodesIn(others.link);
    return all.filter((node) => node !== others.node);
  }
}
