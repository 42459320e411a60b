import { isLoopback } from './client-address.ts';
import { weaknessOf } from './secret-strength.ts';
import type { Environment } from './settings.ts';

/** Seconds. */
const LEAST_TURN_TTL = 60;

/**
 * What is wrong only in view of another setting, or only in production: one line each, that names the setting and never its value. docs/operate.md
 * lists them for operators.
 */
export function misconfigurations(env: Environment): string[] {
  const problems = [
    env.TURN_URLS.length > 0 &&
      env.TURN_SECRET === undefined &&
      'TURN_SECRET: is missing, and TURN_URLS are set.',
    env.TURN_SECRET !== undefined &&
      env.TURN_URLS.length === 0 &&
      'TURN_URLS: are missing, and TURN_SECRET is set.',
    env.WEBHOOK_URLS.length > 0 &&
      env.WEBHOOK_SECRET === undefined &&
      'WEBHOOK_SECRET: is missing, and WEBHOOK_URLS are set.',
    (env.TLS_CERT === undefined) !== (env.TLS_KEY === undefined) &&
      'TLS_CERT: must be set together with TLS_KEY.',
    env.TRUST_PROXY.some((network) => network.endsWith('/0')) &&
      'TRUST_PROXY: must not trust every address.',
    ...saidTwice(env),
    ...(env.NODE_ENV === 'production' ? unfitForProduction(env) : []),
  ];
  return problems.filter((problem) => problem !== false);
}

/** Each secret opens something else for somebody else; whoever holds one must not have the other. */
function saidTwice(env: Environment): string[] {
  const given = secretsOf(env);
  return given.flatMap(({ name, value }, index) => {
    const first = given.slice(0, index).find((other) => other.value === value);
    return first === undefined ? [] : [`${name}: must not be the same as ${first.name}.`];
  });
}

function unfitForProduction(env: Environment): (string | false)[] {
  return [
    env.SECRET === undefined && 'SECRET: is missing.',
    ...secretsOf(env).map(({ name, value, leastBytes }) => {
      const weakness = weaknessOf(value, leastBytes);
      return weakness !== null && `${name}: ${name === 'API_KEYS' ? 'one ' : ''}${weakness}.`;
    }),
    env.PUBLIC_URL === undefined &&
      env.ALLOWED_ORIGINS.length === 0 &&
      'PUBLIC_URL: is missing; browsers are let in from this address alone.',
    env.PUBLIC_URL !== undefined &&
      !isPrivateToBrowsers(env.PUBLIC_URL) &&
      'PUBLIC_URL: must begin with https://; browsers give camera and microphone to no other page.',
    env.TURN_TTL < LEAST_TURN_TTL &&
      `TURN_TTL: must be at least ${LEAST_TURN_TTL} in production, as two machines’ clocks differ.`,
    env.REDIS_URL !== undefined &&
      passwordIn(env.REDIS_URL) === undefined &&
      'REDIS_URL: has no password; whoever reaches that Redis would run the meetings.',
    env.DEBUG !== undefined &&
      'DEBUG: must not be set in production, it would log what people send.',
  ];
}

type Secret = { name: string; value: string; leastBytes: number };

function secretsOf(env: Environment): Secret[] {
  const named = [
    { name: 'SECRET', value: env.SECRET, leastBytes: 32 },
    { name: 'TURN_SECRET', value: env.TURN_SECRET, leastBytes: 32 },
    { name: 'REDIS_URL', value: passwordIn(env.REDIS_URL), leastBytes: 16 },
    { name: 'ADMIN_TOKEN', value: env.ADMIN_TOKEN, leastBytes: 32 },
    { name: 'WEBHOOK_SECRET', value: env.WEBHOOK_SECRET, leastBytes: 24 },
    ...env.API_KEYS.map((value) => ({ name: 'API_KEYS', value, leastBytes: 16 })),
  ];
  return named.flatMap(({ value, ...secret }) => (value === undefined ? [] : { value, ...secret }));
}

function passwordIn(address: string | undefined): string | undefined {
  const password = address === undefined ? '' : new URL(address).password;
  return password === '' ? undefined : password;
}

/** What browsers take for a secure context: TLS, or this very machine. */
function isPrivateToBrowsers(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || /(^|\.)localhost$/.test(hostname) || isLoopback(hostname);
}
