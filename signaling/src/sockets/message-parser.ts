import { OPERATORS } from '@confab/protocol';
import * as stock from 'socket.io-parser';
import type { Packet } from 'socket.io-parser';
import { readSignal, writeSignal } from './signal-frame.ts';

/** Attempts to enter a namespace that one connection may make; a refused token is not tried again and again. */
const MAX_CONNECTS = 3;

/**
 * Reads what clients send. Refuses binary attachments, which this protocol has not, and every namespace but `/` and the operators'; Socket.IO
 * closes a connection when this throws.
 */
class Decoder extends stock.Decoder {
  private connects = 0;

  constructor() {
    super({ maxAttachments: 0 });
  }

  override add(packet: unknown): void {
    if (typeof packet !== 'string') throw new Error('binary data');
    const signal = readSignal(packet);
    if (signal !== undefined) {
      const data = ['signal:send', signal];
      super.emitReserved('decoded', { type: stock.PacketType.EVENT, nsp: '/', data });
      return;
    }
    if (packet.charAt(1) === '/' && !isForOperators(packet)) throw new Error('unknown namespace');
    if (packet.startsWith('0') && ++this.connects > MAX_CONNECTS) throw new Error('too many tries');
    super.add(packet);
  }
}

/** The namespace stands behind the packet's type and ends with a comma. */
function isForOperators(packet: string): boolean {
  return packet.startsWith(`${OPERATORS},`, 1);
}

class Encoder extends stock.Encoder {
  override encode(packet: Packet): ReturnType<stock.Encoder['encode']> {
    if (packet.type !== stock.PacketType.EVENT) return super.encode(packet);
    const [event, signal] = packet.data as [unknown, { from: string; sealed: string }];
    if (event === 'signal:received') return [writeSignal(signal.from, signal.sealed)];
    return super.encode(packet);
  }
}

/** Socket.IO's own message format, with this server's limits and a short way for signals. */
export const messageParser = { Encoder, Decoder };
