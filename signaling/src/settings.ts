import path from 'node:path';
import * as z from 'zod';
import { misconfigurations } from './misconfigurations.ts';
import { isOrigin, isProxy, isRedis, isStun, isTurn, networksIn } from './setting-shapes.ts';
import { SettingsError } from './settings-error.ts';
import type { WebhookSettings } from './webhooks/send-webhooks.ts';
import { isWebhook, webhookKey } from './webhooks/webhook-settings.ts';

const list = z
  .string()
  .default('')
  .transform((text) => (text === '' ? [] : text.split(',').map((item) => item.trim())))
  // Two unset variables make `,`: an operator who means to close a server must not have opened it.
  .refine((items) => !items.includes(''), {
    error: 'has an empty entry; leave it out where there is nothing to name',
    abort: true,
  });

const listOf = (fits: (item: string) => boolean, message: string) =>
  list.refine((items) => items.every(fits), message);

/** Browsers refuse a whole connection for one address they cannot read, and the protocol carries eight. */
const iceUrls = (fits: (url: string) => boolean, message: string) =>
  listOf((url) => url.length <= 256 && fits(url), message).refine(
    (urls) => urls.length <= 8,
    'at most 8 fit',
  );

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

const origin = z.string().refine(isOrigin, 'must be an address like https://meet.example.org');

const environment = z.object({
  // Anything else would mean a server that was to be guarded and is not.
  NODE_ENV: z
    .enum(['production', 'development', 'test'], {
      error: 'must be production, development or test',
    })
    .default('development'),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: origin.optional(),
  SECRET: z.string().optional(),
  API_KEYS: listOf((key) => key.length >= 16, 'each key needs at least 16 characters'),
  ADMIN_TOKEN: z.string().min(16, 'needs at least 16 characters').optional(),
  REDIS_URL: z
    .string()
    .refine(isRedis, 'must be an address like redis://:password@redis.example.org:6379')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  STUN_URLS: iceUrls(isStun, 'each must be like stun:turn.example.org:3478'),
  TURN_URLS: iceUrls(isTurn, 'each must be like turn:turn.example.org:3478'),
  TURN_SECRET: z.string().optional(),
  TURN_TTL: wholeNumber(5, 86_400).default(600),
  MAX_PARTICIPANTS: wholeNumber(2, 64).default(12),
  ALLOWED_ORIGINS: listOf(isOrigin, 'each must be an address like https://meet.example.org'),
  TRUST_PROXY: listOf(
    isProxy,
    'must list addresses, networks like 10.0.0.0/8, or loopback, linklocal, uniquelocal',
  ).transform((list) => list.flatMap(networksIn)),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'must be fatal, error, warn, info, debug or silent',
    })
    .default('info'),
  WEBHOOK_URLS: listOf(isWebhook, 'each must be an address like https://example.org/hook').refine(
    (urls) => urls.length <= 8,
    'at most 8 fit',
  ),
  WEBHOOK_SECRET: z
    .string()
    .refine(
      (text) => webhookKey(text) !== null,
      'must be whsec_ and 24 to 64 bytes in base64; make one with: echo whsec_$(openssl rand -base64 32)',
    )
    .optional(),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  DEBUG: z.string().optional(),
});
/** The variables as they were given, each right by itself. */
export type Environment = z.infer<typeof environment>;

/** Every variable that is read. */
export const settingNames = Object.keys(environment.shape);

/** What the server is told at its start. `secret` is null when it may make and keep its own. */
export type Settings = {
  production: boolean;
  port: number;
  host: string | undefined;
  publicOrigin: string | null;
  secret: string | null;
  apiKeys: string[];
  /** What opens the operators' namespace (R81); null closes it. */
  adminToken: string | null;
  dataDir: string;
  /** Where several nodes keep meetings together; null for one process that keeps its own in `dataDir`. May hold a password. */
  redisUrl: string | null;
  stunUrls: string[];
  turnUrls: string[];
  turnSecret: string | null;
  /** Seconds. */
  turnTtl: number;
  maxParticipants: number;
  allowedOrigins: string[];
  trustedProxies: string[];
  metricsPort: number | null;
  /** Who is told what happens in meetings; null where nobody is. */
  webhooks: WebhookSettings | null;
  logLevel: Environment['LOG_LEVEL'];
  /** Paths of PEM files. */
  tls: { certificate: string; key: string } | null;
};

/** Reads and checks all settings. Throws {@link SettingsError}. */
export function readSettings(source: Record<string, string | undefined> = process.env): Settings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new SettingsError(
      parsed.error.issues.map(({ path: at, message }) => `${String(at[0])}: ${message}.`),
    );
  const problems = misconfigurations(parsed.data);
  if (problems.length > 0) throw new SettingsError(problems);
  return settingsFrom(parsed.data);
}

function settingsFrom(env: Environment): Settings {
  return {
    production: env.NODE_ENV === 'production',
    port: env.PORT,
    host: env.HOST,
    publicOrigin: env.PUBLIC_URL === undefined ? null : new URL(env.PUBLIC_URL).origin,
    secret: env.SECRET ?? null,
    apiKeys: env.API_KEYS,
    adminToken: env.ADMIN_TOKEN ?? null,
    dataDir: path.resolve(env.DATA_DIR),
    redisUrl: env.REDIS_URL ?? null,
    stunUrls: env.STUN_URLS,
    turnUrls: env.TURN_URLS,
    turnSecret: env.TURN_SECRET ?? null,
    turnTtl: env.TURN_TTL,
    maxParticipants: env.MAX_PARTICIPANTS,
    allowedOrigins: env.ALLOWED_ORIGINS.map((address) => new URL(address).origin),
    trustedProxies: env.TRUST_PROXY,
    metricsPort: env.METRICS_PORT ?? null,
    webhooks: webhooksFrom(env),
    logLevel: env.LOG_LEVEL,
    tls:
      env.TLS_CERT !== undefined && env.TLS_KEY !== undefined
        ? { certificate: env.TLS_CERT, key: env.TLS_KEY }
        : null,
  };
}

function webhooksFrom({ WEBHOOK_URLS: urls, WEBHOOK_SECRET: secret }: Environment) {
  const key = secret === undefined ? null : webhookKey(secret);
  return urls.length > 0 && key !== null ? { urls, key } : null;
}
