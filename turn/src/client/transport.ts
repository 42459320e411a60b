import { createSocket } from 'node:dgram';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Where a relay is, from an address like `turns:turn.example.org:443?transport=tcp`. */
export type RelayUrl = { host: string; port: number; via: 'udp' | 'tcp' | 'tls' };

/** Throws a RangeError for what is no TURN address. */
export function readRelayUrl(text: string): RelayUrl {
  const parts =
    /^(turns?):(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i.exec(
      text,
    );
  if (!parts)
    throw new RangeError(`“${text}” is not like turn:turn.example.org:3478?transport=udp.`);
  const [, scheme, v6, name, port, transport] = parts;
  const isEncrypted = scheme === 'turns';
  if (isEncrypted && transport === 'udp')
    throw new RangeError(`“${text}” asks for DTLS, which this relay has not.`);
  return {
    host: v6 ?? name ?? '',
    port: Number(port ?? (isEncrypted ? 5349 : 3478)),
    via: isEncrypted ? 'tls' : (transport ?? 'udp') === 'tcp' ? 'tcp' : 'udp',
  };
}

/** A way to the relay: one datagram, or one framed message, at a time. */
export type Transport = {
  send(bytes: Buffer): void;
  onMessage: (bytes: Buffer) => void;
  close(): void;
};

const CONNECT_MS = 5_000;

/** Rejects where no connection can be made; over TLS also where `isStrict` and the certificate is none that browsers would take. */
export async function openTransport(
  { host, port, via }: RelayUrl,
  { isStrict }: { isStrict: boolean },
): Promise<Transport> {
  const place = { host: placeOf(host), port };
  if (via === 'udp') return openUdp(place);
  const socket =
    via === 'tcp'
      ? connectTcp(place)
      : connectTls({
          ...place,
          rejectUnauthorized: isStrict,
          ...(isIP(host) === 0 && { servername: host }),
        });
  await connected(socket, via === 'tcp' ? 'connect' : 'secureConnect');
  return framed(socket);
}

/** Names below `localhost` lead to this machine, whether the resolver knows it or not (RFC 6761 §6.3). */
function placeOf(host: string): string {
  return host.endsWith('.localhost') ? '127.0.0.1' : host;
}

async function openUdp({ host, port }: { host: string; port: number }): Promise<Transport> {
  const socket = createSocket(isIP(host) === 6 ? 'udp6' : 'udp4');
  await new Promise<void>((done, fail) => {
    socket.once('error', fail);
    socket.connect(port, host, done);
  });
  const transport: Transport = {
    // What the other end refuses shows as an error of the next datagram.
    send: (bytes) => socket.send(bytes, () => undefined),
    onMessage: () => undefined,
    close: () => socket.close(),
  };
  socket.removeAllListeners('error').on('error', () => undefined);
  socket.on('message', (bytes) => transport.onMessage(bytes));
  return transport;
}

/** STUN messages and ChannelData follow each other without anything in between (RFC 8656 §3.3). */
function framed(socket: Socket): Transport {
  let rest = Buffer.alloc(0);
  const transport: Transport = {
    send: (bytes) => socket.write(bytes),
    onMessage: () => undefined,
    close: () => socket.destroy(),
  };
  socket.on('error', () => undefined);
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    for (
      let length = lengthOf(rest);
      length !== null && rest.length >= length;
      length = lengthOf(rest)
    ) {
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      transport.onMessage(message);
    }
  });
  return transport;
}

function lengthOf(bytes: Buffer): number | null {
  if (bytes.length < 4) return null;
  const length = bytes.readUInt16BE(2);
  const isChannelData = ((bytes[0] ?? 0) & 0xc0) === 0x40;
  return isChannelData ? 4 + Math.ceil(length / 4) * 4 : 20 + length;
}

function connected(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => socket.destroy(new Error('no connection in 5 s')), CONNECT_MS);
    socket.once(event, () => {
      clearTimeout(timer);
      socket.off('error', fail);
      done();
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      fail(error);
    });
  });
}
