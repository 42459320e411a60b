import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { codeOf, SettingsError } from './settings-error.ts';
import type { Settings } from './settings.ts';

/** Whoever sends headers or a body slowly keeps a connection no longer than this (milliseconds, bytes). */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8_192,
};

/** A server for `app`, over TLS when its files are named. Throws a SettingsError when they are of no use. */
export function webServer(tls: Settings['tls'], app: RequestListener): Server {
  if (tls === null) return createHttpServer(LIMITS, app);
  const pem = { cert: read('TLS_CERT', tls.certificate), key: read('TLS_KEY', tls.key) };
  try {
    return createHttpsServer({ ...LIMITS, ...pem }, app);
  } catch (fault) {
    const line = `TLS_CERT: and TLS_KEY are not a certificate and its key in PEM (${codeOf(fault)}).`;
    throw new SettingsError([line]);
  }
}

/** Resolves when `server` listens. Rejects with a SettingsError; `portName` is the setting that `port` comes from. */
export function listen(
  server: Server,
  portName: 'PORT' | 'METRICS_PORT',
  port: number,
  host: string | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (fault: Error) => reject(new SettingsError([whyNot(codeOf(fault), portName)]));
    server.once('error', refuse);
    server.listen({ port, host }, () => {
      server.off('error', refuse);
      resolve();
    });
  });
}

export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** How this machine reaches `server`, without a path. */
export function urlOf(server: Server, { host, tls }: Pick<Settings, 'host' | 'tls'>): string {
  const { port } = server.address() as AddressInfo;
  const everywhere = host === undefined || host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls === null ? 'http' : 'https'}://${name}:${port}`;
}

/** Whether `tls` has a certificate that nobody but its maker vouches for: good for a while, in one network. */
export function isSelfMade({ certificate }: NonNullable<Settings['tls']>): boolean {
  try {
    const made = new X509Certificate(read('TLS_CERT', certificate));
    return made.checkIssued(made);
  } catch (fault) {
    if (fault instanceof SettingsError) throw fault;
    // What is wrong with it is said where it is used.
    return true;
  }
}

function read(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (fault) {
    throw new SettingsError([`${setting}: its file cannot be read (${codeOf(fault)}).`]);
  }
}

function whyNot(code: string, portName: string): string {
  if (code === 'EADDRINUSE') return `${portName}: is in use by another program.`;
  if (code === 'EACCES') return `${portName}: may not be used by this account.`;
  return `HOST: cannot be listened at (${code}).`;
}
