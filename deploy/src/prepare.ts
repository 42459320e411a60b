// Runs to its end before everything else starts: makes the secrets, finds out where this machine is, and writes each program's settings into a folder
// that only that program sees.
import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { keptSecret } from './kept-secret.ts';
import { isLocalhost, leadsTo, relayPlace } from './relay-place.ts';
import { redisConfiguration, settingsFile, turnUrls } from './settings-file.ts';
import { haproxyConfiguration } from './sni-routing.ts';
import type { Deployment } from './settings-file.ts';

const folders = '/volumes';
const relayProgram = fileURLToPath(
  new URL('../../turn/src/write-configuration.ts', import.meta.url),
);

/** Below, ports are the system's, and the relay has no such right. */
const FIRST_FREE_PORT = 1_024;

const { env } = process;
try {
  await prepare(env.DOMAIN ?? 'localhost');
} catch (fault) {
  process.stderr.write(`${(fault as Error).message}\n`);
  process.exitCode = 1;
}

async function prepare(domain: string): Promise<void> {
  if (!/^[a-z\d]([a-z\d.-]*[a-z\d])?$/.test(domain) || isIP(domain) === 6)
    throw new Error(
      'DOMAIN: must be a name in small letters like meet.example.org, or an IPv4 address.',
    );
  for (const name of ['TURN_PORT', 'TURN_TLS_PORT'])
    if (!(Number(env[name]) >= FIRST_FREE_PORT))
      throw new Error(
        `${name}: must be ${FIRST_FREE_PORT} or higher; how the relay gets port 443 is told in docs/install.md.`,
      );
  const place = await relayPlace(domain);
  // Set where the relay shares port 443 with the app.
  const { TURN_DOMAIN: turnDomain = '' } = env;
  if (turnDomain !== '') await leadsTo(turnDomain, domain);
  const deployment: Deployment = {
    domain,
    httpsPort: Number(env.HTTPS_PORT),
    relayName: isLocalhost(domain) ? place.own : domain,
    turnPort: Number(env.TURN_PORT),
    turnTls: turnTls(domain, turnDomain),
    secret: keptSecret(`${folders}/secrets/secret`),
    turnSecret: keptSecret(`${folders}/secrets/turn-secret`),
    redisPassword: keptSecret(`${folders}/secrets/redis-password`),
  };
  write(`${folders}/signaling/settings.env`, settingsFile(deployment));
  // Redis has an account of its own, and nobody else has its folder.
  write(`${folders}/redis/redis.conf`, redisConfiguration(deployment), 0o444);
  if (turnDomain !== '')
    write(
      `${folders}/haproxy/haproxy.cfg`,
      haproxyConfiguration({
        turnDomain,
        relay: { address: place.own, port: Number(env.TURN_TLS_PORT) },
      }),
    );
  execFileSync(process.execPath, [relayProgram, `${folders}/relay/turnserver.conf`], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      TURN_SECRET: deployment.turnSecret,
      TURN_URLS: turnUrls(deployment).join(','),
      TURN_REALM: domain,
      TURN_LISTENING_IPS: place.own,
      TURN_RELAY_IPS: place.own,
      TURN_EXTERNAL_IPS: place.external ?? '',
      TURN_PORT: String(deployment.turnPort),
      TURN_TLS_PORT: env.TURN_TLS_PORT,
      TURN_RELAY_PORTS: env.TURN_RELAY_PORTS,
      TURN_ALLOWED_PEERS: env.TURN_ALLOWED_PEERS,
      TURN_CERT: '/run/certificate/relay.crt',
      TURN_KEY: '/run/certificate/relay.key',
      TURN_STATE_DIR: '/run/relay',
      TURN_VERSION: env.TURN_VERSION,
      MAX_PARTICIPANTS: env.MAX_PARTICIPANTS,
    },
  });
  const seenAs = place.external === null ? '' : `, which others see as ${place.external}`;
  console.log(`People meet at https://${domain}; the relay is at ${place.own}${seenAs}.`);
}

function turnTls(domain: string, turnDomain: string): Deployment['turnTls'] {
  if (turnDomain !== '') return { name: turnDomain, port: Number(env.HTTPS_PORT) };
  // The certificate is for `localhost`, where the relay is not.
  return isLocalhost(domain) ? null : { name: domain, port: Number(env.TURN_TLS_PORT) };
}

/** Whole or not at all. */
function write(file: string, text: string, mode = 0o400): void {
  const unfinished = path.join(path.dirname(file), '.new');
  writeFileSync(unfinished, text, { mode });
  renameSync(unfinished, file);
}
