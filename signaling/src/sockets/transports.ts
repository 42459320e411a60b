import type { NodeReport } from '@confab/protocol';
import type { MeetingServer } from './connection-state.ts';

/** How many connections lead to this node, by transport. */
export function transportsOf(io: MeetingServer): NodeReport['connections'] {
  const counted = { websocket: 0, polling: 0 };
  for (const { conn } of io.sockets.sockets.values())
    counted[conn.transport.name === 'polling' ? 'polling' : 'websocket']++;
  return counted;
}
