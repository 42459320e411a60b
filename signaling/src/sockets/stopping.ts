import type { Clock } from '../clock.ts';
import type { MeetingServer } from './connection-state.ts';

/** How fast people move, and how long that takes at least and at most (milliseconds). */
const MOVES_PER_SECOND = 50;
const SPREAD = { least: 1_000, most: 5_000 };

const LOOK_EVERY = 50;
const BATCH = 50;
const PAUSE = 20;

/** Asks everybody to connect anew, each after a delay of its own (R38): nobody else's move is waited for, and no second wave comes. */
export function tellStopping(io: MeetingServer): void {
  const sockets = shuffled([...io.sockets.sockets.values()]);
  const wanted = (sockets.length / MOVES_PER_SECOND) * 1_000;
  const spread = Math.min(SPREAD.most, Math.max(SPREAD.least, wanted));
  for (const [place, socket] of sockets.entries()) {
    const delay = Math.floor(((place + Math.random()) / sockets.length) * spread);
    socket.emit('server:stopping', { delay });
  }
}

/** Resolves when nobody is connected any more, after `patience` milliseconds at the latest. */
export async function everybodyGone(
  io: MeetingServer,
  clock: Clock,
  patience: number,
): Promise<void> {
  const until = clock.elapsed() + patience;
  while (io.sockets.sockets.size > 0 && clock.elapsed() < until)
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY, resolve));
}

/**
 * Closes all transports, fifty at a time, so that their clients do not come back to the next server all at once. A closed transport makes
 * clients reconnect; a disconnected session would tell them to stay away.
 */
export async function closeConnections(io: MeetingServer, clock: Clock): Promise<void> {
  const connections = [...io.sockets.sockets.values()].map((socket) => socket.conn);
  for (let at = 0; at < connections.length; at += BATCH) {
    for (const connection of connections.slice(at, at + BATCH)) connection.close();
    await new Promise<void>((resolve) => clock.after(PAUSE, resolve));
  }
}

function shuffled<Item>(items: Item[]): Item[] {
  return items
    .map((item) => [Math.random(), item] as const)
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);
}
