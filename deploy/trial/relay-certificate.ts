import { connect } from 'node:tls';
import { docker } from './docker.ts';

/** The fingerprint of the certificate that is served there, whoever signed it. */
export function fingerprintAt(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, rejectUnauthorized: false }, () => {
      const { fingerprint256 } = socket.getPeerCertificate();
      socket.end();
      resolve(fingerprint256);
    });
    socket.once('error', reject);
  });
}

/** The process of a program in a container, which is another one after each start. */
export async function processOf(program: string, container: string): Promise<string> {
  const lines = (await docker('top', container, '-eo', 'pid,comm')).split('\n');
  const line = lines.find((one) => one.trim().endsWith(` ${program}`));
  if (line === undefined) throw new Error(`${program} does not run`);
  return line.trim().split(/\s+/)[0] ?? '';
}
