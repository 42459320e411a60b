// A 64 KiB message in the smallest common TCP segments is 123 chunks; what cuts its message finer only wants memory pinned.
const LIMITS = { maxFragments: 32, maxBufferedChunks: 256 };

/** The WebSocket server that Engine.IO brings; it is made anew with these options when the HTTP server begins to listen. */
type WebSocketServer = new (options: object) => object;

/** Limits the pieces in which a WebSocket message may come, from when the server listens. Of such limits Engine.IO passes on none but the size. */
export function limitPieces(engine: { opts: { wsEngine?: unknown } }): void {
  const Stock = engine.opts.wsEngine as WebSocketServer;
  engine.opts.wsEngine = class extends Stock {
    constructor(options: object) {
      super({ ...options, ...LIMITS });
    }
  };
}
