import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SettingsError } from '../src/settings-error.ts';
import { readSettings, settingNames } from '../src/settings.ts';

const GOOD = {
  NODE_ENV: 'production',
  SECRET: 'r8Jd0eYqLq0bV5nq3tZk1mXo7sWc2uAh9fPg4iEy',
  PUBLIC_URL: 'https://meet.example.org',
};
const OTHER_SECRET = 'Zk1mXo7sWc2uAh9fPg4iEyr8Jd0eYqLq0bV5nq3t';

test('without settings there are defaults, and no third party among them', () => {
  expect(readSettings({})).toMatchObject({
    production: false,
    port: 3000,
    secret: null,
    stunUrls: [],
    turnUrls: [],
    turnTtl: 600,
    maxParticipants: 12,
    metricsPort: null,
  });
});

const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

test('every setting is read', () => {
  const settings = readSettings({
    ...GOOD,
    PORT: '8443',
    HOST: '::',
    API_KEYS: 'kq83hd92msla01xp, 0xp1alsm29dh38qk',
    ADMIN_TOKEN: 'Vb7uQe0xLr3mJz9tKp5wNc1yHd6fGs4a',
    DATA_DIR: '/srv/confab',
    REDIS_URL: 'rediss://:q9Xv3LmZ7tRb2KsW@redis.example.org',
    STUN_URLS: 'stun:a.example:3478,stuns:192.0.2.7,stun:[2001:db8::1]',
    TURN_URLS: 'turn:a.example:3478?transport=tcp,turns:[2001:db8::1]:5349',
    TURN_SECRET: OTHER_SECRET,
    TURN_TTL: '300',
    MAX_PARTICIPANTS: '8',
    ALLOWED_ORIGINS: 'https://b.example',
    TRUST_PROXY: '10.0.0.0/8, ::1',
    METRICS_PORT: '9100',
    WEBHOOK_URLS: 'https://example.org/hook?key=1, http://10.0.0.7:8080/',
    WEBHOOK_SECRET,
    LOG_LEVEL: 'warn',
    TLS_CERT: 'c.pem',
    TLS_KEY: 'k.pem',
  });
  expect(settings).toEqual({
    production: true,
    port: 8443,
    host: '::',
    publicOrigin: 'https://meet.example.org',
    secret: GOOD.SECRET,
    apiKeys: ['kq83hd92msla01xp', '0xp1alsm29dh38qk'],
    adminToken: 'Vb7uQe0xLr3mJz9tKp5wNc1yHd6fGs4a',
    dataDir: '/srv/confab',
    redisUrl: 'rediss://:q9Xv3LmZ7tRb2KsW@redis.example.org',
    stunUrls: ['stun:a.example:3478', 'stuns:192.0.2.7', 'stun:[2001:db8::1]'],
    turnUrls: ['turn:a.example:3478?transport=tcp', 'turns:[2001:db8::1]:5349'],
    turnSecret: OTHER_SECRET,
    turnTtl: 300,
    maxParticipants: 8,
    allowedOrigins: ['https://b.example'],
    trustedProxies: ['10.0.0.0/8', '::1'],
    metricsPort: 9100,
    webhooks: {
      urls: ['https://example.org/hook?key=1', 'http://10.0.0.7:8080/'],
      key: Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'),
    },
    logLevel: 'warn',
    tls: { certificate: 'c.pem', key: 'k.pem' },
  });
});

test.each<[string, Record<string, string | undefined>]>([
  ['PORT', { PORT: '80a' }],
  ['PORT', { PORT: '70000' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'our-meetings' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'https://meet.example.org/confab' }],
  ['PUBLIC_URL', { PUBLIC_URL: undefined }],
  ['SECRET', { SECRET: undefined }],
  ['SECRET', { SECRET: '' }],
  ['SECRET', { SECRET: 'zQ9-short' }],
  ['SECRET', { SECRET: 'a'.repeat(64) }],
  ['SECRET', { SECRET: 'abcd1234'.repeat(8) }],
  ['SECRET', { SECRET: 'change-me-to-32-random-bytes-please-now' }],
  ['API_KEYS', { API_KEYS: 'short' }],
  ['API_KEYS', { API_KEYS: 'aaaaaaaaaaaaaaaa' }],
  ['API_KEYS', { API_KEYS: ',' }],
  ['API_KEYS', { API_KEYS: ' ' }],
  ['API_KEYS', { API_KEYS: 'kq83hd92msla01xp,,0xp1alsm29dh38qk' }],
  ['ADMIN_TOKEN', { ADMIN_TOKEN: 'change-me-to-a-random-admin-token-please' }],
  ['REDIS_URL', { REDIS_URL: '127.0.0.1:6379' }],
  ['REDIS_URL', { REDIS_URL: 'http://:secret-word@127.0.0.1' }],
  ['NODE_ENV', { NODE_ENV: 'Production' }],
  ['STUN_URLS', { STUN_URLS: 'a.example:3478' }],
  ['STUN_URLS', { STUN_URLS: 'stun:a.example?transport=udp' }],
  ['STUN_URLS', { STUN_URLS: Array(9).fill('stun:a.example').join(',') }],
  ['STUN_URLS', { STUN_URLS: `stun:${'a'.repeat(252)}` }],
  ...[
    'stun::',
    'stun:a:b:c',
    'stun:a.example:',
    'stun:a.example:0',
    'stun:a.example:65536',
    'stun:a.example:34780000',
    'stun:[::1',
    'stun:[]',
    'stun:[a.example]',
    'stun:::1',
  ].map((url): [string, Record<string, string>] => ['STUN_URLS', { STUN_URLS: url }]),
  ['TURN_URLS', { TURN_URLS: 'turn:a.example:99999?transport=udp', TURN_SECRET: OTHER_SECRET }],
  ['TURN_URLS', { TURN_URLS: 'turns::', TURN_SECRET: OTHER_SECRET }],
  ['TURN_URLS', { TURN_SECRET: OTHER_SECRET }],
  ['TURN_URLS', { TURN_URLS: 'turn:a.example?transport=tls', TURN_SECRET: OTHER_SECRET }],
  ['TURN_URLS', { TURN_URLS: 'http://a.example', TURN_SECRET: OTHER_SECRET }],
  ['TURN_SECRET', { TURN_URLS: 'turn:a.example' }],
  ['TURN_SECRET', { TURN_URLS: 'turn:a.example', TURN_SECRET: GOOD.SECRET }],
  ['TURN_TTL', { TURN_TTL: '4' }],
  ['TURN_TTL', { TURN_TTL: '59' }],
  ['MAX_PARTICIPANTS', { MAX_PARTICIPANTS: '65' }],
  ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: '*' }],
  ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: ',' }],
  ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
  ['TRUST_PROXY', { TRUST_PROXY: '1' }],
  ['TRUST_PROXY', { TRUST_PROXY: 'constructor' }],
  ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/8,' }],
  ['TRUST_PROXY', { TRUST_PROXY: '0.0.0.0/0' }],
  ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/33' }],
  ['METRICS_PORT', { METRICS_PORT: '-1' }],
  ['WEBHOOK_URLS', { WEBHOOK_URLS: 'ftp://example.org/hook', WEBHOOK_SECRET }],
  ['WEBHOOK_URLS', { WEBHOOK_URLS: 'https://name:word@example.org/hook', WEBHOOK_SECRET }],
  ['WEBHOOK_SECRET', { WEBHOOK_URLS: 'https://example.org/hook' }],
  ['WEBHOOK_SECRET', { WEBHOOK_SECRET: 'whsec_c2hvcnQ=' }],
  ['WEBHOOK_SECRET', { WEBHOOK_SECRET: 'no base64, though it is long enough for that' }],
  ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['TLS_CERT', { TLS_CERT: 'c.pem' }],
  ['DEBUG', { DEBUG: 'socket.io*' }],
])('%s is named in one line when it is wrong, and its value is not: %o', (name, wrong) => {
  let said = '';
  try {
    readSettings({ ...GOOD, ...wrong });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    said = error.message;
  }
  expect(said).toMatch(new RegExp(`^${name}: .+\\.$`));
  for (const value of Object.values(wrong))
    if (value !== undefined && value.length > 2) expect(said).not.toContain(value);
});

test('proxies may be named by where they are, as in other servers', () => {
  const trusted = (TRUST_PROXY: string) => readSettings({ ...GOOD, TRUST_PROXY }).trustedProxies;
  expect(trusted('loopback, 192.0.2.7')).toEqual(['127.0.0.0/8', '::1/128', '192.0.2.7']);
  expect(trusted('linklocal,uniquelocal')).toContain('172.16.0.0/12');
});

test('outside production the same secrets are let pass', () => {
  expect(readSettings({ SECRET: 'short' }).secret).toBe('short');
});

test('.env.example has every setting, and its secrets are refused in production', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const lines = [...example.matchAll(/^# ([A-Z_]+)=(.+)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  expect(lines.map(([name]) => name).sort()).toEqual(
    [...settingNames].filter((name) => name !== 'DEBUG').sort(),
  );
  for (const [name, value] of lines)
    if (/SECRET|TOKEN|KEYS/.test(name))
      expect(() => readSettings({ ...GOOD, [name]: value }), name).toThrow(`${name}: `);
});
