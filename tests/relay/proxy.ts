import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

/** Sends one text message to a browser. */
export type Deliver = (text: string) => void;

/** What is done to WebSockets: nothing; or they are refused, as some networks do; or every message for a browser goes through a hand that delivers what it likes. */
export type Interference = 'nothing' | 'refuse' | ((deliver: Deliver) => (text: string) => void);

/** Stands between browsers and the server and belongs to somebody else: a proxy that interferes. */
export class Proxy {
  private readonly target: URL;
  private readonly interference: Interference;
  /** Everything any browser has said: requests with their headers and bodies, and messages. */
  readonly overheard: string[] = [];
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly server = createServer((incoming, answer) => this.pass(incoming, answer));

  constructor(target: string, interference: Interference) {
    this.target = new URL(target);
    this.interference = interference;
    this.server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.overheard.push(headOf(incoming));
      if (this.interference === 'refuse') {
        socket.destroy();
        return;
      }
      const handle = this.interference === 'nothing' ? passOn : this.interference;
      this.sockets.handleUpgrade(incoming, socket, head, (browser) => {
        const deliver: Deliver = (text) => browser.send(text);
        this.join(browser, incoming, handle(deliver));
      });
    });
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, resolve));
  }

  close(): void {
    for (const browser of this.sockets.clients) browser.terminate();
    this.server.close();
    this.server.closeAllConnections();
  }

  protected pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = incoming;
    this.overheard.push(headOf(incoming));
    incoming.on('data', (data: Buffer) => this.overheard.push(data.toString()));
    const onward = request(new URL(url ?? '/', this.target), { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  }

  private join(
    browser: WebSocket,
    { url, headers }: IncomingMessage,
    handle: (text: string) => void,
  ): void {
    const server = new WebSocket(new URL(url ?? '/', this.target), {
      // The server serves its own origin only: host and origin stay what the browser said.
      headers: { host: headers.host, origin: headers.origin },
    });
    const waiting: string[] = [];
    browser.on('message', (data: Buffer) => {
      this.overheard.push(data.toString());
      if (server.readyState === WebSocket.OPEN) server.send(data.toString());
      else waiting.push(data.toString());
    });
    server.on('open', () => {
      for (const text of waiting) server.send(text);
    });
    server.on('message', (data: Buffer) => handle(data.toString()));
    browser.on('close', () => server.close());
    server.on('close', () => browser.close());
    server.on('error', () => browser.close());
  }
}

const passOn = (deliver: Deliver): Deliver => deliver;

function headOf({ method, url, headers }: IncomingMessage): string {
  return `${method} ${url} ${JSON.stringify(headers)}`;
}
