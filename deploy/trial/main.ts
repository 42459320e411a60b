// `npm run deploy:test`: brings docker-compose.yml up with whatever engine answers, in each way it may be deployed, meets in it, looks at it from outside,
// and takes it down again.
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { lookAtAll } from '../src/check/outcome.ts';
import type { Check } from '../src/check/outcome.ts';
import { relayPlace } from '../src/relay-place.ts';
import { docker, engineAnswers } from './docker.ts';
import { refusals } from './refusals.ts';
import { Trial } from './trial.ts';

if (!(await engineAnswers())) {
  console.log('Skipped: no Docker engine answers here (`docker info`).');
  process.exit(0);
}

const COMPOSE_FILE = 'docker-compose.yml';
const RELAY_IMAGE = 'coturn/coturn:4.17';

type Way = {
  name: string;
  /** What the way is made of. */
  settings: { DOMAIN: string; COMPOSE_FILE: string };
  /** What is looked at while it is up, besides what always is. */
  besides: (trial: Trial) => Check[];
};

const withTlsAlone = (trial: Trial): Check => ({
  name: 'a meeting',
  look: async () => {
    await trial.meets('tls-alone');
    return 'somebody met the others by the relay over TLS alone';
  },
});

const ways: Way[] = [
  {
    name: 'with a name',
    settings: { DOMAIN: 'localhost', COMPOSE_FILE },
    besides: (trial) => [
      { name: 'misconfigurations', look: refusals },
      {
        name: 'a meeting',
        look: async () => {
          await trial.meets('meeting');
          return 'three browsers through TLS, one by the relay alone, while both servers were exchanged';
        },
      },
    ],
  },
  {
    name: 'the relay at the port of the app',
    settings: { DOMAIN: 'localhost', COMPOSE_FILE: `${COMPOSE_FILE}:deploy/port-443.yml` },
    besides: (trial) => [withTlsAlone(trial)],
  },
  {
    name: 'by an address, on a local network',
    settings: { DOMAIN: (await relayPlace('localhost')).own, COMPOSE_FILE },
    besides: (trial) => [
      withTlsAlone(trial),
      { name: 'a new certificate', look: () => trial.handsNewCertificateOn() },
      {
        name: 'a changed setting',
        look: async () => trial.followsItsSettings(await freePort()),
      },
    ],
  },
];

let wrong = 0;
for (const [index, { name, settings, besides }] of ways.entries()) {
  console.log(`\n${name}\n`);
  const trial = new Trial(`confab-trial-${process.pid}-${index}`, {
    ...settings,
    HTTP_PORT: await freePort(),
    HTTPS_PORT: await freePort(),
    TURN_PORT: await freePort(),
    TURN_TLS_PORT: await freePort(),
    TURN_VERSION: await relayVersion(),
  });
  const checks: Check[] = [
    { name: 'comes up', look: () => trial.comesUp() },
    { name: 'guards', look: () => trial.isGuarded() },
    { name: 'open ports', look: () => trial.opensOnlyDocumented() },
    { name: 'from outside', look: () => trial.isRightFromOutside() },
    ...besides(trial),
    { name: 'leaves nothing', look: () => trial.leavesNothing() },
  ];
  wrong += await lookAtAll(checks).finally(() => trial.tidy());
}
process.exit(wrong === 0 ? 0 : 1);

function freePort(): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(String(port)));
    });
  });
}

/** Of the program in the image: options are written for one version. */
async function relayVersion(): Promise<string> {
  const told = await docker('run', '--rm', '--entrypoint', 'turnserver', RELAY_IMAGE, '--version');
  return /\d+\.\d+/.exec(told)?.[0] ?? '4.17';
}
