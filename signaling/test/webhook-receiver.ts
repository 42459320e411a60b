import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import { Webhook } from 'standardwebhooks';

/** As the setting has it. */
export const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=';

export type ReceivedEvent = {
  id: string;
  type: string;
  timestamp: string;
  data: { meetingId: string; participantId?: string };
};
/** What the receiver does with one call; it has taken the event only if it says so by `take`. */
type Behaviour = (
  take: () => void,
  response: ServerResponse,
  request: IncomingMessage,
  type: string,
) => void;

/** A program that is told of events, and may behave badly. It checks signatures by the specification's own library. */
export class WebhookReceiver {
  readonly url: string;
  /** In the order in which they were taken, each as often as it was taken. */
  readonly taken: ReceivedEvent[] = [];
  /** Ids, in the order in which they were offered. */
  readonly offered: string[] = [];
  readonly faults: unknown[] = [];
  behave: Behaviour;

  private constructor(server: Server, behave: Behaviour) {
    const { port } = server.address() as AddressInfo;
    this.url = `http://127.0.0.1:${port}/hook`;
    this.behave = behave;
    server.on('request', (request, response) => void this.hear(request, response));
  }

  static async start(behave: Behaviour = well): Promise<WebhookReceiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return new WebhookReceiver(server, behave);
  }

  /** Of each event once, in the order of their first arrival. */
  get events(): ReceivedEvent[] {
    return [
      ...new Map([...this.taken].reverse().map((event) => [event.id, event])).values(),
    ].reverse();
  }

  /** Resolves when so many different events were taken. */
  async has(count: number): Promise<ReceivedEvent[]> {
    return vi.waitFor(
      () => {
        if (this.events.length < count)
          throw new Error(`only ${this.types.join(', ')}; faults: ${String(this.faults)}`);
        return this.events;
      },
      { timeout: 60_000, interval: 20 },
    );
  }

  get types(): string[] {
    return this.events.map(({ type }) => type);
  }

  private async hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request) body += String(piece);
    const id = String(request.headers['webhook-id']);
    this.offered.push(id);
    try {
      const said = new Webhook(WEBHOOK_SECRET).verify(body, {
        'webhook-id': id,
        'webhook-timestamp': String(request.headers['webhook-timestamp']),
        'webhook-signature': String(request.headers['webhook-signature']),
      }) as Omit<ReceivedEvent, 'id'>;
      this.behave(() => this.taken.push({ id, ...said }), response, request, said.type);
    } catch (fault) {
      this.faults.push(fault);
      response.writeHead(400).end();
    }
  }
}

/** Takes everything. */
export const well: Behaviour = (take, response) => {
  take();
  response.writeHead(204).end();
};

/** Takes nothing. */
export const refusing: Behaviour = (_take, response) => {
  response.writeHead(500).end();
};

/** Takes nothing of this kind, and everything else. */
export function refusingType(unwanted: string): Behaviour {
  return (take, response, request, type) =>
    (type === unwanted ? refusing : well)(take, response, request, type);
}

/** Is behind a proxy that does not find it. */
export const away: Behaviour = (_take, response) => {
  response.writeHead(502).end();
};

/** Fails each event in another way before it takes it. */
export function flaky(): Behaviour {
  const tries = new Map<string, number>();
  const ways: Behaviour[] = [
    (_take, response) => void response.socket?.destroy(),
    refusing,
    (_take, response) => response.writeHead(302, { location: '/elsewhere' }).end(),
    (_take, response) => response.writeHead(404).end('x'.repeat(100_000)),
    (_take, response) => void response.socket?.resetAndDestroy(),
    // It has it, and nobody hears of that: the next try has the same id.
    (take, response) => {
      take();
      response.socket?.destroy();
    },
  ];
  let next = 0;
  return (take, response, request, type) => {
    const id = String(request.headers['webhook-id']);
    const tried = tries.get(id) ?? 0;
    tries.set(id, tried + 1);
    const way = tried > 0 ? well : ways[next++ % ways.length];
    (way ?? well)(take, response, request, type);
  };
}
