import { WebSocketServer } from 'ws';
import type { ServerOptions } from 'ws';

// A 64 KiB message in the smallest common TCP segments is 123 chunks; what cuts its message finer only wants memory pinned.
const LIMITS = { maxFragments: 32, maxBufferedChunks: 256 };

/** The WebSocket server that Socket.IO uses, with a limit to the pieces a message may come in. */
export class WebSocketEngine extends WebSocketServer {
  constructor(options: ServerOptions) {
    super({ ...options, ...LIMITS });
  }
}
