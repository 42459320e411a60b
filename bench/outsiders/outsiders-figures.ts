import { randomBytes } from 'node:crypto';
import { figureOfRounds, type Figure } from '../figures.ts';
import { median } from '../median.ts';
import { startConfab } from '../servers/measured-server.ts';
import { startRedis } from '../servers/redis.ts';

/** Calls that each round asks of each meeting; where there are several nodes, each takes a tick of theirs. */
const CALLS = 100;
const CALLS_AT_NODES = 40;

/** Meetings that answer an outsider alike (R4), by what they are. */
const kinds: Record<string, object> = {
  open: {},
  'that asks for a passcode': { passcode: 'open sesame' },
  'with a waiting room': { waitingRoom: true },
  'not open yet': { schedule: { start: '2027-01-04T09:00', duration: 60, timeZone: 'UTC' } },
};

/** How long an outsider waits for the answer of a meeting that there is, next to one that there is not: whoever can tell them apart learns something. */
export async function outsidersFigures(rounds: number): Promise<Figure[]> {
  return [...(await figuresAtOne(rounds)), ...(await figuresAtNodes(rounds))];
}

/** The same, asked at one of two nodes, which run a meeting each. */
async function figuresAtNodes(rounds: number): Promise<Figure[]> {
  const redis = await startRedis();
  const settings = {
    ...{ TRUST_PROXY: '127.0.0.1', REDIS_URL: redis.url },
    SECRET: 'a secret that both nodes have in common',
  };
  const nodes = await Promise.all([startConfab(settings), startConfab(settings)]);
  try {
    const [{ url: asked }, { url: other }] = nodes;
    const [here, there] = [await makeMeeting(asked, {}), await makeMeeting(other, {})];
    return [
      await figure(asked, 'that the asked of two nodes runs', here, rounds, CALLS_AT_NODES),
      await figure(asked, 'that the other node runs', there, rounds, CALLS_AT_NODES),
    ];
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    await redis.stop();
  }
}

async function figuresAtOne(rounds: number): Promise<Figure[]> {
  const server = await startConfab({ TRUST_PROXY: '127.0.0.1' });
  try {
    const figures: Figure[] = [];
    for (const [kind, settings] of Object.entries(kinds)) {
      const there = await makeMeeting(server.url, settings);
      figures.push(await figure(server.url, kind, there, rounds));
    }
    return figures;
  } finally {
    await server.stop();
  }
}

async function figure(
  url: string,
  kind: string,
  there: string,
  rounds: number,
  calls = CALLS,
): Promise<Figure> {
  const measured: number[] = [];
  const limit: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const known: number[] = [];
    const unknown: number[] = [];
    // One after the other, so that a busy moment of the machine burdens both.
    for (let call = 0; call < calls; call++) {
      known.push(await knock(url, there));
      unknown.push(await knock(url, randomBytes(16).toString('base64url')));
    }
    measured.push(median(known));
    limit.push(median(unknown));
  }
  return figureOfRounds(
    {
      name: `An outsider's answer from a meeting ${kind}`,
      unit: 'ms',
      limitIs: 'from one that does not exist',
      aim: { ratio: 1.05, better: 'lower' },
    },
    { measured, limit },
  );
}

let callers = 0;

/** Milliseconds until a wrong proof is answered, from an address that has not called often. */
async function knock(url: string, meetingId: string): Promise<number> {
  const caller = callers++;
  const start = performance.now();
  const response = await fetch(`${url}/api/meetings/${meetingId}/admission`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `10.${(caller >> 16) % 256}.${(caller >> 8) % 256}.${caller % 256}`,
    },
    body: JSON.stringify({ proof: randomBytes(32).toString('base64url') }),
  });
  await response.arrayBuffer();
  if (response.status !== 404) throw new Error(`an outsider was answered ${response.status}`);
  return performance.now() - start;
}

async function makeMeeting(url: string, settings: object): Promise<string> {
  const response = await fetch(`${url}/api/meetings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ verifier: randomBytes(32).toString('base64url'), settings }),
  });
  const { meetingId } = (await response.json()) as { meetingId: string };
  return meetingId;
}
