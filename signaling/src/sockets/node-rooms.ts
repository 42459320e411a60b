import type { NoticeName } from '@confab/protocol';
import type { MeetingServer } from './connection-state.ts';

const SEPARATOR = '/';

/** The name that a socket of another node goes by here, in rooms and in seats. Socket.IO's own ids have no such sign. */
export function nameElsewhere(node: string, socketId: string): string {
  return `${node}${SEPARATOR}${socketId}`;
}

/** Which node, and which socket there, a name stands for; null for one of this node's own sockets. */
export function readName(name: string): { node: string; socketId: string } | null {
  const at = name.indexOf(SEPARATOR);
  return at === -1 ? null : { node: name.slice(0, at), socketId: name.slice(at + 1) };
}

/** Hands a notice to sockets of another node. */
export type Deliver = (
  node: string,
  sockets: string[],
  name: NoticeName,
  notice: unknown,
  isVolatile: boolean,
) => void;

/**
 * Makes rooms reach sockets of other nodes: whatever is emitted to a room, or to one connection by name, goes to the sockets here as ever, and to each
 * other node once, with the list of its sockets. Nothing is sent for a room that has none.
 */
export function reachOtherNodes(io: MeetingServer, deliver: Deliver): void {
  const { adapter } = io.of('/');
  const broadcast = adapter.broadcast.bind(adapter);
  adapter.broadcast = (packet: { data: [NoticeName, unknown] }, options) => {
    const { rooms, except, flags } = options;
    const elsewhere = new Map<string, string[]>();
    const add = (name: string) => {
      const found = except?.has(name) === true ? null : readName(name);
      if (found === null) return;
      const sockets = elsewhere.get(found.node) ?? [];
      elsewhere.set(found.node, sockets);
      if (!sockets.includes(found.socketId)) sockets.push(found.socketId);
    };
    for (const room of rooms) {
      add(room);
      for (const name of adapter.rooms.get(room) ?? []) add(name);
    }
    const [name, notice] = packet.data;
    broadcast(packet, options);
    for (const [node, sockets] of elsewhere)
      deliver(node, sockets, name, notice, flags?.volatile === true);
  };
}
