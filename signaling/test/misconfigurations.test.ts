import { expect, test } from 'vitest';
import { SettingsError } from '../src/settings-error.ts';
import { readSettings } from '../src/settings.ts';

const SECRET = 'r8Jd0eYqLq0bV5nq3tZk1mXo7sWc2uAh9fPg4iEy';
const OTHER = 'Zk1mXo7sWc2uAh9fPg4iEyr8Jd0eYqLq0bV5nq3t';
const GOOD = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://meet.example.org',
  SECRET,
  TURN_URLS: 'turn:meet.example.org:3478',
  TURN_SECRET: OTHER,
  API_KEYS: 'kq83hd92msla01xp',
  ADMIN_TOKEN: 'Vb7uQe0xLr3mJz9tYp5wHs1cKd8gNf2a',
  TRUST_PROXY: '10.0.0.0/8',
};

type Row = [why: string, wrong: Record<string, string | undefined>, line: string];

/** The table of docs/operate.md. */
const table: Row[] = [
  ['no secret', { SECRET: undefined }, 'SECRET: is missing.'],
  [
    'an example for a secret',
    { SECRET: 'change-me-to-32-random-bytes-please-now' },
    'SECRET: is an example value.',
  ],
  ['a short secret', { SECRET: 'zQ9-hunter22' }, 'SECRET: is shorter than 32 bytes.'],
  [
    'a secret that can be guessed',
    { SECRET: 'abcd1234'.repeat(8) },
    'SECRET: is too easy to guess; make one with: openssl rand -base64 48.',
  ],
  [
    'a secret that counts',
    { SECRET: '12345678901234567890123456789012' },
    'SECRET: is too easy to guess; make one with: openssl rand -base64 48.',
  ],
  [
    'a secret that says the alphabet',
    { SECRET: 'abcdefghijklmnopqrstuvwxyz0123456789' },
    'SECRET: is too easy to guess; make one with: openssl rand -base64 48.',
  ],
  [
    'a relay without its secret',
    { TURN_SECRET: undefined },
    'TURN_SECRET: is missing, and TURN_URLS are set.',
  ],
  [
    "a relay's secret without its address",
    { TURN_URLS: undefined },
    'TURN_URLS: are missing, and TURN_SECRET is set.',
  ],
  [
    'API keys that name none',
    { API_KEYS: ' , ' },
    'API_KEYS: has an empty entry; leave it out where there is nothing to name.',
  ],
  [
    'webhooks without their secret',
    { WEBHOOK_URLS: 'https://example.org/hook' },
    'WEBHOOK_SECRET: is missing, and WEBHOOK_URLS are set.',
  ],
  ['one secret for two', { TURN_SECRET: SECRET }, 'TURN_SECRET: must not be the same as SECRET.'],
  [
    'a Redis that everybody may use',
    { REDIS_URL: 'redis://redis.example.org:6379' },
    'REDIS_URL: has no password; whoever reaches that Redis would run the meetings.',
  ],
  [
    'an API key that can be guessed',
    { API_KEYS: 'kq83hd92msla01xp,aaaaaaaaaaaaaaaa' },
    'API_KEYS: one is too easy to guess; make one with: openssl rand -base64 48.',
  ],
  [
    "a weak operator's token",
    { ADMIN_TOKEN: 'Vb7uQe0xLr3mJz9t' },
    'ADMIN_TOKEN: is shorter than 32 bytes.',
  ],
  [
    'pages of everybody',
    { ALLOWED_ORIGINS: '*' },
    'ALLOWED_ORIGINS: each must be an address like https://meet.example.org.',
  ],
  [
    'proxies everywhere',
    { TRUST_PROXY: '0.0.0.0/0' },
    'TRUST_PROXY: must not trust every address.',
  ],
  [
    'no public address',
    { PUBLIC_URL: undefined },
    'PUBLIC_URL: is missing; browsers are let in from this address alone.',
  ],
  [
    'a public address without TLS',
    { PUBLIC_URL: 'http://meet.example.org' },
    'PUBLIC_URL: must begin with https://; browsers give camera and microphone to no other page.',
  ],
  [
    'logging what people send',
    { DEBUG: 'socket.io*' },
    'DEBUG: must not be set in production, it would log what people send.',
  ],
];

test('what the table alters is right in itself', () => {
  expect(() => readSettings(GOOD)).not.toThrow();
});

test.each(table)('production refuses %s', (_why, wrong, line) => {
  let said = '';
  try {
    readSettings({ ...GOOD, ...wrong });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    said = error.message;
  }
  expect(said).toBe(line);
  for (const value of Object.values(wrong))
    if (value !== undefined) expect(said).not.toContain(value);
});

test.each([
  ['TURN_SECRET', { TURN_SECRET: SECRET }, 'SECRET'],
  ['REDIS_URL', { REDIS_URL: `redis://:${SECRET}@127.0.0.1` }, 'SECRET'],
  ['ADMIN_TOKEN', { ADMIN_TOKEN: OTHER }, 'TURN_SECRET'],
  ['API_KEYS', { API_KEYS: SECRET }, 'SECRET'],
])('%s must be nobody else’s secret', (name, wrong, other) => {
  expect(() => readSettings({ ...GOOD, ...wrong })).toThrow(
    `${name}: must not be the same as ${other}.`,
  );
});

test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://confab.localhost'])(
  'browsers trust %s without TLS, and so does production',
  (PUBLIC_URL) => {
    expect(() => readSettings({ ...GOOD, PUBLIC_URL })).not.toThrow();
  },
);
