import { randomBytes } from 'node:crypto';
import { Refusal, RefusalCode } from '@confab/protocol';
import type { Log } from '../log.ts';
import { NodeMessage, UnknownAsk } from './node-messages.ts';
import type { Ask, Tell } from './node-messages.ts';
import { nodeKey } from './scripts.ts';
import type { RedisLink } from './redis-link.ts';

/** Longest wait for another node's answer, once it has the question (milliseconds). */
const PATIENCE = 3_000;

export type NodeChannelParts = {
  link: RedisLink;
  /** This node's name. */
  node: string;
  isUp: () => boolean;
  log: Log;
};

type Pending = { node: string; resolve: (data: unknown) => void; reject: (why: Refusal) => void };

/** What nodes say to each other: each listens to one channel of its own, so a message costs the same however many nodes there are. */
export class NodeChannel {
  onTell: (from: string, tell: Tell) => void = () => undefined;
  /** Answers what another node asks. Throws a Refusal. */
  onAsk: (from: string, ask: Ask) => Promise<unknown> = () =>
    Promise.reject(new Refusal('internal'));
  private readonly parts: NodeChannelParts;
  private readonly pending = new Map<string, Pending>();

  constructor(parts: NodeChannelParts) {
    this.parts = parts;
    parts.link.onMessage = (text) => this.receive(text);
  }

  /** Says something that needs no answer, in the order of the calls. May get lost with the connection to Redis. */
  tell(node: string, tell: Tell): void {
    if (this.parts.isUp()) this.publish(node, { tell }).catch(() => undefined);
  }

  /** Throws the Refusal that the other node answers with, and `internal` where there is no answer. */
  async ask(node: string, ask: Ask): Promise<unknown> {
    if (!this.parts.isUp()) throw new Refusal('internal');
    const id = randomBytes(9).toString('base64url');
    const answered = new Promise<unknown>((resolve, reject) => {
      this.pending.set(id, { node, resolve, reject });
    });
    // Whoever gives up before the answer is there does not need to hear of it.
    answered.catch(() => undefined);
    let patience: NodeJS.Timeout | null = null;
    try {
      const heard = await this.publish(node, { id, ask }).catch(() => 0);
      if (heard === 0) throw new Refusal('internal');
      const lateness = () => this.pending.get(id)?.reject(new Refusal('internal'));
      patience = setTimeout(lateness, PATIENCE);
      return await answered;
    } finally {
      if (patience !== null) clearTimeout(patience);
      this.pending.delete(id);
    }
  }

  /** Nobody who waits for an answer from this node, or from any, will get one. */
  giveUp(node?: string): void {
    for (const pending of this.pending.values())
      if (node === undefined || pending.node === node) pending.reject(new Refusal('internal'));
  }

  private publish(node: string, content: object): Promise<number> {
    const message = JSON.stringify({ from: this.parts.node, ...content });
    return this.parts.link.publish(nodeKey(node), message);
  }

  private receive(text: string): void {
    const message = readMessage(text);
    if (message === null) this.refuse(text);
    else if ('tell' in message) this.onTell(message.from, message.tell);
    else if ('ask' in message) void this.answer(message);
    else {
      const pending = this.pending.get(message.id);
      if (message.error !== undefined) pending?.reject(new Refusal(message.error, message.opensAt));
      else pending?.resolve(message.data);
    }
  }

  private refuse(text: string): void {
    this.parts.log.warn('another node said what this version does not know');
    const { data } = UnknownAsk.safeParse(parsed(text));
    if (data === undefined) return;
    void this.publish(data.from, { id: data.id, error: 'internal' }).catch(() => undefined);
  }

  private async answer({ from, id, ask }: { from: string; id: string; ask: Ask }): Promise<void> {
    let reply: { data?: unknown; error?: RefusalCode; opensAt?: number | undefined };
    try {
      reply = { data: await this.onAsk(from, ask) };
    } catch (fault) {
      const { code, opensAt } = fault instanceof Refusal ? fault : new Refusal('internal');
      reply = { error: code, opensAt };
      if (reply.error === 'internal') this.parts.log.error('an ask failed', { fault });
    }
    // Whoever asked gives up by itself where this does not arrive.
    await this.publish(from, { id, ...reply }).catch(() => undefined);
  }
}

function readMessage(text: string): NodeMessage | null {
  return NodeMessage.safeParse(parsed(text)).data ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
