import type { IncomingMessage, ServerResponse } from 'node:http';
import { Proxy } from './proxy.ts';

/** A proxy whose line breaks in the middle of an answer, as if the network changed: once for each file of the app, or for as long as a name is given. */
export class FalteringProxy extends Proxy {
  /** Files of which an answer broke off. */
  readonly broken = new Set<string>();
  /** Part of the name of files that never arrive. */
  lost: string | null = null;

  constructor(target: string) {
    super(target, 'nothing');
  }

  protected override pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const { url = '' } = incoming;
    const isLost = this.lost !== null && url.includes(this.lost);
    if (!/^\/assets\/.*\.(js|css)$/.test(url) || (this.broken.has(url) && !isLost)) {
      super.pass(incoming, answer);
      return;
    }
    this.broken.add(url);
    const type = url.endsWith('.css') ? 'text/css' : 'text/javascript';
    answer.writeHead(200, { 'content-type': type, 'content-length': 10_000 });
    answer.write('/* Half of it', () => incoming.socket.destroy());
  }
}
