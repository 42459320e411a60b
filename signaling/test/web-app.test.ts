import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { startTestServer } from './test-server.ts';

async function serverWithApp(env: Record<string, string> = {}) {
  const above = mkdtempSync(path.join(tmpdir(), 'confab-web-'));
  onTestFinished(() => rmSync(above, { recursive: true, force: true }));
  const webFolder = path.join(above, 'dist');
  mkdirSync(path.join(webFolder, 'assets'), { recursive: true });
  writeFileSync(path.join(above, 'secret.txt'), 'secret');
  for (const page of ['index', 'meeting', 'check', 'admin'])
    writeFileSync(path.join(webFolder, `${page}.html`), `<!doctype html><title>${page}</title>`);
  writeFileSync(path.join(webFolder, 'assets/app-x1.js'), 'app()');
  writeFileSync(path.join(webFolder, 'assets/app-x1.js.gz'), gzipSync('app()'));
  return startTestServer(env, { webFolder });
}

/** Asks for a path as it is written; fetch would tidy it. */
function get(url: string, rawPath: string, headers: Record<string, string> = {}) {
  const { hostname, port } = new URL(url);
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      request({ hostname, port, path: rawPath, headers }, (response) => {
        let body = '';
        response.setEncoding('latin1').on('data', (text: string) => (body += text));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      })
        .on('error', reject)
        .end();
    },
  );
}

test('each page is at the address of the app and is asked for anew each time', async () => {
  const { url } = await serverWithApp();
  for (const [address, page] of [
    ['/', 'index'],
    ['/index.html', 'index'],
    ['/m/AAAAAAAAAAAAAAAAAAAAAA', 'meeting'],
    ['/m/anything?x=1', 'meeting'],
    ['/check', 'check'],
    ['/admin', 'admin'],
  ] as const) {
    const { status, headers, body } = await get(url, address);
    expect([status, headers['cache-control'], headers['content-type']], address).toEqual([
      200,
      'no-cache',
      'text/html; charset=utf-8',
    ]);
    expect(body, address).toContain(`<title>${page}</title>`);
  }
});

test('whoever comes to an address where nothing is reads so in the app, programs in JSON', async () => {
  const { url } = await serverWithApp();
  const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  for (const address of ['/nothing', '/m/a/b', '/assets/gone-x1.js', '/../secret.txt']) {
    const page = await get(url, address, { accept });
    expect([page.status, page.headers['cache-control']], address).toEqual([404, 'no-cache']);
    expect(page.body, address).toContain('<title>meeting</title>');
    const { status, body } = await get(url, address, { accept: '*/*' });
    expect([status, JSON.parse(body)], address).toMatchObject([404, { error: 'unknown-request' }]);
  }
  const { body } = await get(url, '/api/nothing', { accept });
  expect(JSON.parse(body)).toMatchObject({ error: 'unknown-request' });
});

test('a link that was cut in the middle of an encoded letter is a mistyped one', async () => {
  const { url } = await serverWithApp();
  for (const address of ['/m/abc%E0%A4', '/m/abc%2', '/100%']) {
    const page = await get(url, address, { accept: 'text/html' });
    expect(page.status, address).toBe(404);
    expect(page.body, address).toContain('<title>meeting</title>');
    expect((await get(url, address, { accept: '*/*' })).status, address).toBe(400);
  }
});

test('assets are kept for a year and sent compressed to who understands it', async () => {
  const { url } = await serverWithApp();
  const plain = await get(url, '/assets/app-x1.js');
  expect([plain.status, plain.body]).toEqual([200, 'app()']);
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const packed = await get(url, '/assets/app-x1.js', { 'accept-encoding': 'gzip, br' });
  expect(packed.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': plain.headers['content-type'],
    vary: 'accept-encoding',
  });
  expect(packed.body).toBe(gzipSync('app()').toString('latin1'));
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/..%5csecret.txt',
  '/assets/app-x1.js.gz',
  '/assets',
  '/nothing',
  '/assets/%00',
  '//etc/passwd',
])('%s leads nowhere', async (address) => {
  const { url } = await serverWithApp();
  const { status, body } = await get(url, address);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(body).not.toContain('secret.txt');
  expect(JSON.parse(body)).toMatchObject({ error: expect.any(String) as unknown });
});

test('every answer forbids what the app does not need', async () => {
  const { url } = await serverWithApp();
  for (const address of ['/', '/assets/app-x1.js', '/api/meetings/x', '/nothing', '/healthz']) {
    const { headers } = await get(url, address);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'",
    );
    expect(policy).toContain(
      `connect-src 'self' ws://${new URL(url).host} wss://${new URL(url).host};`,
    );
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(String(headers['permissions-policy'])).toContain('camera=(self), microphone=(self)');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
  }
  const strange = await get(url, '/', { host: "x' *; script-src *" });
  expect(JSON.stringify(strange.headers)).not.toContain('*');
});

test('an address that is served over TLS stays so, but no other program of this computer is locked out', async () => {
  const { url } = await serverWithApp({ PUBLIC_URL: 'https://meet.example.org' });
  const promised = async (host: string) =>
    (await get(url, '/', { host })).headers['strict-transport-security'];
  for (const host of ['meet.example.org', 'meet.example.org:8443', 'localhost.example.org'])
    expect(await promised(host), host).toBe('max-age=31536000');
  for (const host of [
    'localhost',
    'LocalHost:3000',
    'a.localhost',
    '192.168.1.20:3000',
    '[::1]:3000',
  ])
    expect(await promised(host), host).toBeUndefined();
});
