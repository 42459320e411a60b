import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer, type WebSocket } from 'ws';

const pages = fileURLToPath(new URL('../pages/', import.meta.url));
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** `as` is who says it: a page that comes back after its connection was lost names itself as before. */
type Said = { join?: string; as?: string; to?: string };

/** Serves the limit's page and hands its signals on over bare WebSockets, unread but for the addressee. */
export async function startLimitServer(host = 'localhost') {
  const http = createServer((request, response) => {
    const name = path.basename(new URL(request.url ?? '/', 'http://localhost').pathname);
    readFile(path.join(pages, name)).then(
      (body) => {
        response.setHeader('content-type', types[path.extname(name)] ?? 'text/plain');
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  const sockets = new WebSocketServer({ server: http, path: '/signals' });
  const meetings = new Map<string, Map<string, WebSocket>>();
  let arrivals = 0;

  sockets.on('connection', (socket) => {
    let id = String(++arrivals);
    let meeting = new Map<string, WebSocket>();
    socket.on('message', (data: Buffer) => {
      const said = JSON.parse(data.toString()) as Said;
      if (said.join !== undefined) {
        meeting = meetings.get(said.join) ?? meeting;
        meetings.set(said.join, meeting);
        id = said.as ?? id;
        meeting.delete(id);
        socket.send(JSON.stringify({ others: [...meeting.keys()] }));
        meeting.set(id, socket);
      } else if (said.to !== undefined) {
        meeting.get(said.to)?.send(JSON.stringify({ ...said, from: id }));
      }
    });
    socket.on('close', () => {
      if (meeting.get(id) === socket) meeting.delete(id);
    });
  });

  http.listen(0, host);
  await once(http, 'listening');
  return {
    url: `http://${host}:${(http.address() as AddressInfo).port}`,
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      http.close();
    },
  };
}

export type LimitServer = Awaited<ReturnType<typeof startLimitServer>>;
