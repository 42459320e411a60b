import { expect, test } from 'vitest';
import { RawConnection } from './raw-connection.ts';
import { startTestServer } from './test-server.ts';

const OWN = 'https://meet.example.org';
const PRODUCTION = {
  NODE_ENV: 'production',
  SECRET: 'r8Jd0eYqLq0bV5nq3tZk1mXo7sWc2uAh9fPg4iEy',
  PUBLIC_URL: OWN,
};
/** Engine.IO answers every refused upgrade so. */
const REFUSED = 'Unexpected server response: 400';
const foreign = [
  'https://evil.example',
  'null',
  '',
  `${OWN}.evil.example`,
  `${OWN}:8443`,
  'http://meet.example.org',
  'https://MEET.example.org',
  `${OWN}/`,
  'https://meet.example.org@evil.example',
  'https://evil.example/meet.example.org',
  'https://sub.meet.example.org',
];

function poll(url: string, headers: Record<string, string>, query = ''): Promise<number> {
  return fetch(`${url}/socket.io/?EIO=4&transport=polling${query}`, { headers }).then(
    (r) => r.status,
  );
}

test.each(foreign)(
  'in production a page of "%s" gets no connection, by WebSocket or polling',
  async (origin) => {
    const { url } = await startTestServer(PRODUCTION);
    await expect(RawConnection.open(url, { origin })).rejects.toThrow(REFUSED);
    expect(await poll(url, { origin })).toBe(403);
  },
);

test('in production the own page gets a connection, a WebSocket without origin does not', async () => {
  const { url } = await startTestServer(PRODUCTION);
  await (await RawConnection.open(url, { origin: OWN })).frame('0');
  await expect(RawConnection.open(url)).rejects.toThrow(REFUSED);
  const { host } = new URL(url);
  await expect(RawConnection.open(url, { origin: `http://${host}` })).rejects.toThrow(REFUSED);
});

test('a poll without origin is the own page’s, unless its browser says otherwise', async () => {
  const { url } = await startTestServer(PRODUCTION);
  expect(await poll(url, { origin: OWN })).toBe(200);
  expect(await poll(url, { 'sec-fetch-site': 'same-origin' })).toBe(200);
  expect(await poll(url, {})).toBe(200);
  for (const site of ['cross-site', 'same-site', 'none'])
    expect(await poll(url, { 'sec-fetch-site': site }), site).toBe(403);
});

test('a foreign page cannot post to, or upgrade, a connection whose id it has learned', async () => {
  const { url } = await startTestServer(PRODUCTION);
  const address = `${url}/socket.io/?EIO=4&transport=polling`;
  const opened = await fetch(address, { headers: { origin: OWN } });
  const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string };
  const posted = await fetch(`${address}&sid=${sid}`, {
    method: 'POST',
    body: '3',
    headers: { origin: 'https://evil.example' },
  });
  expect(posted.status).toBe(400);
  const own = await fetch(`${address}&sid=${sid}`, {
    method: 'POST',
    body: '3',
    headers: { origin: OWN },
  });
  expect(own.status).toBe(200);
});

test('outside production the address in use is allowed, others are not', async () => {
  const { url } = await startTestServer();
  const { port } = new URL(url);
  await (await RawConnection.open(url, { origin: url })).frame('0');
  await (await RawConnection.open(url)).frame('0');
  await (
    await RawConnection.open(url, { origin: `http://localhost:${port}`, host: `localhost:${port}` })
  ).frame('0');
  await expect(RawConnection.open(url, { origin: 'https://evil.example' })).rejects.toThrow(
    REFUSED,
  );
  await expect(RawConnection.open(url, { origin: 'null' })).rejects.toThrow(REFUSED);
});
