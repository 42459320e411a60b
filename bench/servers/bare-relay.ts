// The limit of what a relay on Socket.IO can do: rooms, a roster and the direct message, with nothing checked, nobody
// authenticated and nothing kept. Event names and payloads are Confab's, so that both move the same bytes.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

type Signal = { to: string; sealed: string };

const http = createServer();
const io = new Server(http);

io.on('connection', (socket) => {
  socket.on('meeting:join', (room: string, reply: (roster: string[]) => void) => {
    socket.to(room).emit('meeting:changed', socket.id);
    void socket.join(room);
    reply([...(io.of('/').adapter.rooms.get(room) ?? [])]);
  });
  socket.on('signal:send', ({ to, sealed }: Signal) => {
    io.to(to).emit('signal:received', { from: socket.id, sealed });
  });
});

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo;
  console.log(`The bare relay is ready at http://127.0.0.1:${port}`);
});
process.once('SIGTERM', () => process.exit());
