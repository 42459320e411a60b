import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import jsQR from 'jsqr';
import { expect, onTestFinished, test } from 'vitest';
import { httpsOrigin, lanAddresses, ownNames } from '../lan/addresses.mjs';
import { announcement, terminalCode } from '../lan/announce.mjs';
import { keptCertificate } from '../lan/certificate.mjs';
import { announceWhenReady, lanSettings } from '../lan/lan-start.mjs';

const NAMES = ['localhost', 'desk.local', '127.0.0.1', '::1', '192.168.1.20', 'fd00::20'];
const DAY_MS = 86_400_000;

function folder() {
  const made = mkdtempSync(path.join(tmpdir(), 'confab-lan-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return path.join(made, 'lan');
}

const read = (file) => readFileSync(file, 'utf8');

test('real networks come before those inside the computer, and what leads nowhere is left out', () => {
  const one = (address, family = 'IPv4', internal = false) => ({ address, family, internal });
  const found = lanAddresses({
    lo: [one('127.0.0.1', 'IPv4', true), one('::1', 'IPv6', true)],
    docker0: [one('172.17.0.1')],
    wlan0: [one('fe80::1', 'IPv6'), one('fd00::20', 'IPv6'), one('192.168.1.20')],
    eth0: [one('169.254.3.4')],
  });
  expect(found).toEqual(['192.168.1.20', 'fd00::20', '172.17.0.1']);
});

test('names are those a browser can ask for', () => {
  expect(ownNames(['10.0.0.2'], 'Desk.local')).toEqual([
    'localhost',
    'desk.local',
    '127.0.0.1',
    '::1',
    '10.0.0.2',
  ]);
  expect(ownNames([], 'a b')).toEqual(['localhost', '127.0.0.1', '::1']);
  expect(httpsOrigin('fd00::20', '3000')).toBe('https://[fd00::20]:3000');
  expect(httpsOrigin('10.0.0.2', 443)).toBe('https://10.0.0.2');
});

test('a certificate is made for every name, and a browser that trusts it gets through', async () => {
  const { certificate, key, isNew } = await keptCertificate(folder(), NAMES);
  expect(isNew).toBe(true);
  const made = new X509Certificate(read(certificate));
  for (const name of NAMES.slice(0, 2)) expect(made.checkHost(name), name).toBe(name);
  for (const name of NAMES.slice(2)) expect(made.checkIP(name), name).toBe(name);
  expect(Date.parse(made.validTo) - Date.parse(made.validFrom)).toBeLessThan(825 * DAY_MS);
  expect(statSync(key).mode & 0o077).toBe(0);

  const server = createServer({ cert: read(certificate), key: read(key) }, (_request, response) =>
    response.end('in'),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.close());
  const status = await new Promise((resolve, reject) =>
    get({ port: server.address().port, host: '127.0.0.1', ca: read(certificate) }, (response) =>
      resolve(response.statusCode),
    ).on('error', reject),
  );
  expect(status).toBe(200);
});

test('a certificate is kept, until an address changes, it is about to expire, or its files are damaged', async () => {
  const place = folder();
  const first = await keptCertificate(place, NAMES);
  const kept = read(first.certificate);
  expect(await keptCertificate(place, NAMES)).toEqual({ ...first, isNew: false });
  expect((await keptCertificate(place, NAMES.slice(0, 4))).isNew).toBe(false);
  expect(read(first.certificate)).toBe(kept);

  expect((await keptCertificate(place, [...NAMES, '192.168.7.7'])).isNew).toBe(true);
  const inAYear = Date.now() + 392 * DAY_MS;
  expect((await keptCertificate(place, NAMES, inAYear)).isNew).toBe(true);
  expect((await keptCertificate(place, NAMES, inAYear)).isNew).toBe(false);
  writeFileSync(first.certificate, 'nonsense');
  expect((await keptCertificate(place, NAMES)).isNew).toBe(true);
});

test('the code on the terminal is read as the address', async () => {
  const address = 'https://192.168.1.20:3000';
  const lines = (await terminalCode(address, { colours: false })).split('\n');
  const scale = 4;
  const [width, height] = [lines[0].length, lines.length * 2];
  const pixels = new Uint8ClampedArray(width * height * scale * scale * 4).fill(255);
  for (let y = 0; y < height * scale; y++)
    for (let x = 0; x < width * scale; x++) {
      const row = Math.floor(y / scale);
      const block = lines[Math.floor(row / 2)][Math.floor(x / scale)];
      const isLit = block === '█' || block === (row % 2 === 0 ? '▀' : '▄');
      pixels.fill(isLit ? 255 : 0, (y * width * scale + x) * 4, (y * width * scale + x) * 4 + 3);
    }
  expect(jsQR(pixels, width * scale, height * scale)?.data).toBe(address);
});

test('a terminal of any colours shows the code light on dark', async () => {
  const lines = (await terminalCode('x', { colours: true })).split('\n');
  for (const line of lines)
    expect(line.startsWith('\u001B[97;40m') && line.endsWith('\u001B[0m')).toBe(true);
});

test('a self-made certificate is announced as that, and a computer without a network says so', async () => {
  const plain = { isSelfMade: false, colours: false };
  const said = await announcement(['https://a', 'https://b'], { ...plain, isSelfMade: true });
  expect(said).toContain('https://a\nor: https://b');
  expect(said).toContain('self-made');
  expect(await announcement(['https://a'], plain)).not.toContain('self-made');
  expect(await announcement([], plain)).toContain('in no network');
});

test('settings for the network bring certificate and origins, and leave an own certificate alone', async () => {
  const env = { DATA_DIR: folder(), PORT: '3210', ALLOWED_ORIGINS: 'https://intranet.example.org' };
  const made = await lanSettings(env);
  expect(made.ALLOWED_ORIGINS.split(',')).toEqual([
    'https://intranet.example.org',
    ...ownNames().map((name) => httpsOrigin(name, 3210)),
  ]);
  expect(path.dirname(made.TLS_CERT)).toBe(path.join(env.DATA_DIR, 'lan'));
  expect(await lanSettings({ ...env, TLS_CERT: 'a', TLS_KEY: 'b' })).toEqual({
    ALLOWED_ORIGINS: made.ALLOWED_ORIGINS,
  });
});

test.each([
  [
    'over TLS, the public address',
    { PUBLIC_URL: 'https://meet.example.org/' },
    'https',
    'https://meet.example.org\n',
  ],
  [
    'over TLS, the one address it listens at',
    { HOST: '10.1.2.3' },
    'https',
    'https://10.1.2.3:3000\n',
  ],
  [
    'over TLS for this computer alone, that nobody else gets in',
    { HOST: '127.0.0.1' },
    'https',
    'nobody else',
  ],
  ['without TLS, nothing', {}, 'http', ''],
])('when the server is ready it is announced once: %s', async (_name, env, scheme, expected) => {
  const said = [];
  const heard = announceWhenReady(env, (text) => said.push(text));
  heard('{"msg":"starting"}\nConfab is re');
  heard(`ady at ${scheme}://${env.HOST ?? 'localhost'}:3000\n`);
  heard(`Confab is ready at ${scheme}://${env.HOST ?? 'localhost'}:3000\n`);
  await expect.poll(() => said.join('')).toContain(expected);
  expect(said.length).toBe(scheme === 'https' ? 1 : 0);
});

test.each(['abc', '99999', '3000.5'])(
  'a port that is none (%s) is left for the server to refuse',
  async (port) => {
    const own = { TLS_CERT: 'a', TLS_KEY: 'b', ALLOWED_ORIGINS: 'https://example.org' };
    expect(await lanSettings({ ...own, PORT: port })).toEqual({
      ALLOWED_ORIGINS: 'https://example.org',
    });
  },
);
