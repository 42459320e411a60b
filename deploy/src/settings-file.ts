/** What everything on the composed host is told: the secrets, and where people reach it. */
export type Deployment = {
  domain: string;
  httpsPort: number;
  /** What browsers call the relay. */
  relayName: string;
  turnPort: number;
  /** Where the relay is over TLS; null when browsers would not trust its certificate there. */
  turnTls: { name: string; port: number } | null;
  secret: string;
  turnSecret: string;
  redisPassword: string;
};

/** Where browsers find the meetings. */
function publicUrl({ domain, httpsPort }: Deployment): string {
  return `https://${domain}${httpsPort === 443 ? '' : `:${httpsPort}`}`;
}

/** The addresses under which browsers are told of the relay: UDP, TCP for networks that drop UDP, TLS for those that let nothing else out. */
export function turnUrls({ relayName, turnPort, turnTls }: Deployment): string[] {
  return [
    `turn:${relayName}:${turnPort}?transport=udp`,
    `turn:${relayName}:${turnPort}?transport=tcp`,
    ...(turnTls === null ? [] : [`turns:${turnTls.name}:${turnTls.port}?transport=tcp`]),
  ];
}

/** The signaling server's settings, one `NAME=value` a line, as `node --env-file` reads them. */
export function settingsFile(deployment: Deployment): string {
  const { secret, turnSecret, redisPassword, relayName, turnPort } = deployment;
  const settings = {
    PUBLIC_URL: publicUrl(deployment),
    SECRET: secret,
    REDIS_URL: `redis://:${redisPassword}@redis:6379`,
    TURN_SECRET: turnSecret,
    TURN_URLS: turnUrls(deployment).join(','),
    STUN_URLS: `stun:${relayName}:${turnPort}`,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Redis's own settings: what was told to have happened is on its disk within a second, and nobody who finds the password can command the machine. */
export function redisConfiguration({ redisPassword }: Deployment): string {
  const lines = [
    `requirepass ${redisPassword}`,
    'dir /data',
    'appendonly yes',
    // Half of the container's memory: rewriting the file may take as much again. Full, it refuses to write rather than to forget.
    'maxmemory 192mb',
    'maxmemory-policy noeviction',
    ...['CONFIG', 'DEBUG', 'MODULE', 'REPLICAOF', 'SHUTDOWN'].map(
      (command) => `rename-command ${command} ""`,
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
