import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startProcess } from './server-process.ts';
import { startTestServer } from './test-server.ts';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const [TLS_CERT, TLS_KEY] = [pathOf('tls/certificate.pem'), pathOf('tls/key.pem')];
const ca = readFileSync(TLS_CERT);

test('with a certificate and its key, pages and WebSockets come over TLS', async () => {
  const { url } = await startTestServer({ TLS_CERT, TLS_KEY });
  expect(url).toMatch(/^https:/);
  const [answer] = (await once(get(`${url}/healthz`, { ca }), 'response')) as [IncomingMessage];
  expect(answer.statusCode).toBe(200);
  // It is self-made: whoever gets another one tomorrow must still be let in.
  expect(answer.headers['strict-transport-security']).toBeUndefined();
  answer.destroy();

  const socket = new WebSocket(
    `${url.replace('https:', 'wss:')}/socket.io/?EIO=4&transport=websocket`,
    { ca },
  );
  const [message] = (await once(socket, 'message')) as [Buffer];
  expect(message.toString()).toMatch(/^0\{"sid":/);
  socket.terminate();
});

test.each([
  ['TLS_CERT', { TLS_CERT: '/no/such/file.pem', TLS_KEY }, 'its file cannot be read (ENOENT).'],
  ['TLS_KEY', { TLS_CERT, TLS_KEY: '/no/such/file.pem' }, 'its file cannot be read (ENOENT).'],
  [
    'TLS_CERT',
    { TLS_CERT: TLS_KEY, TLS_KEY },
    'and TLS_KEY are not a certificate and its key in PEM (ERR_OSSL_PEM_NO_START_LINE).',
  ],
])('%s is named in one line when its file is of no use', async (name, env, why) => {
  const server = startProcess(env);
  expect(await server.exit).toBe(1);
  expect(server.said).toEqual({ out: '', err: `${name}: ${why}\n` });
});
