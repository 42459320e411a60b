import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { decode, lengthOf } from './stun-message.ts';
import type { Message } from './stun-message.ts';

/** A way to a TURN server: whole messages there and back, over UDP, TCP or TLS. */
export type Wire = {
  send: (message: Buffer) => void;
  /** Hears every message that comes. */
  onMessage: (message: Message) => void;
  close: () => void;
};

/** Where a TURN URL (RFC 7065) leads. */
export type RelayAddress = { host: string; port: number; transport: 'UDP' | 'TCP' | 'TLS' };

export function readRelayUrl(url: string): RelayAddress {
  const [, scheme, host = '', port, transport] =
    /^(turns?):([\w.-]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/.exec(url) ?? [];
  if (scheme === undefined) throw new Error(`${url} is no address of a relay over IPv4`);
  const isTls = scheme === 'turns';
  return {
    host,
    port: Number(port ?? (isTls ? 5349 : 3478)),
    transport: isTls ? 'TLS' : transport === 'tcp' ? 'TCP' : 'UDP',
  };
}

/** Rejects where nobody listens, or with what is wrong with the certificate. */
export async function openWire(address: RelayAddress, patience: number): Promise<Wire> {
  return address.transport === 'UDP' ? overUdp(address) : overTcp(address, patience);
}

async function overUdp({ host, port }: RelayAddress): Promise<Wire> {
  const socket = createSocket('udp4');
  const wire: Wire = {
    send: (message) => socket.send(message),
    onMessage: () => undefined,
    close: () => socket.close(),
  };
  socket.on('message', (bytes) => {
    const message = decode(bytes);
    if (message !== null) wire.onMessage(message);
  });
  // A port that nobody listens at says so here; that no answer comes is noticed anyway.
  socket.on('error', () => undefined);
  await new Promise<void>((resolve) => socket.connect(port, host, () => resolve()));
  return wire;
}

async function overTcp(address: RelayAddress, patience: number): Promise<Wire> {
  const socket = await connected(address, patience);
  const wire: Wire = {
    send: (message) => socket.write(message),
    onMessage: () => undefined,
    close: () => socket.destroy(),
  };
  let come = Buffer.alloc(0);
  socket.on('error', () => undefined);
  socket.on('data', (bytes: Buffer) => {
    come = Buffer.concat([come, bytes]);
    for (
      let length = lengthOf(come);
      length !== null && come.length >= length;
      length = lengthOf(come)
    ) {
      const message = decode(come.subarray(0, length));
      come = come.subarray(length);
      if (message !== null) wire.onMessage(message);
    }
  });
  return wire;
}

function connected({ host, port, transport }: RelayAddress, patience: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const done = () => {
      socket.setTimeout(0);
      resolve(socket);
    };
    const socket =
      transport === 'TLS'
        ? connectTls({ host, port, servername: host, timeout: patience }, done)
        : connect({ host, port, timeout: patience }, done);
    socket.once('timeout', () => socket.destroy(new Error(`${host}:${port} does not answer`)));
    socket.once('error', reject);
  });
}
