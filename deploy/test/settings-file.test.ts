import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { keptSecret } from '../src/kept-secret.ts';
import { settingsFile } from '../src/settings-file.ts';

const deployment = {
  domain: 'meet.example.org',
  httpsPort: 443,
  relayName: 'meet.example.org',
  turnPort: 3478,
  turnTls: { name: 'meet.example.org', port: 5349 },
  secret: 'a'.repeat(64),
  turnSecret: 'b'.repeat(64),
  redisPassword: 'c'.repeat(64),
};

test('the server is told where it is, its secrets and every way to the relay', () => {
  expect(parseEnv(settingsFile(deployment))).toEqual({
    PUBLIC_URL: 'https://meet.example.org',
    SECRET: 'a'.repeat(64),
    TURN_SECRET: 'b'.repeat(64),
    REDIS_URL: `redis://:${'c'.repeat(64)}@redis:6379`,
    TURN_URLS: [
      'turn:meet.example.org:3478?transport=udp',
      'turn:meet.example.org:3478?transport=tcp',
      'turns:meet.example.org:5349?transport=tcp',
    ].join(','),
    STUN_URLS: 'stun:meet.example.org:3478',
  });
});

test('another port is part of the public address; without a name there is no TLS to the relay', () => {
  const settings = parseEnv(
    settingsFile({ ...deployment, domain: 'localhost', httpsPort: 8443, turnTls: null }),
  );
  expect(settings.PUBLIC_URL).toBe('https://localhost:8443');
  expect(settings.TURN_URLS).not.toContain('turns:');
});

test('a secret is made once, for its owner alone, and what is left of a damaged one is not used', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'confab-deploy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'secret');
  const secret = keptSecret(file);
  expect(secret).toMatch(/^[\da-f]{64}$/);
  expect(keptSecret(file)).toBe(secret);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, readFileSync(file).subarray(0, 10));
  expect(() => keptSecret(file)).toThrow(`${file} is damaged; delete it.`);
});
