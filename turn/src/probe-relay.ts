// `npm run turn:probe -- <TURN address>…`: attacks the relay at these addresses and says what it found. README.md says how to read it.
import { parseArgs } from 'node:util';
import { quotaFor } from './quota.ts';
import { probe } from './probe/probe.ts';
import { readRelayUrl } from './client/transport.ts';

const USAGE =
  'TURN_SECRET=… npm run turn:probe -- [--peer-port=53] [--participants=12] turn:turn.example.org:3478?transport=udp …';

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 2;
}

async function run(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    options: {
      'peer-port': { type: 'string', default: '53' },
      participants: { type: 'string', default: process.env.MAX_PARTICIPANTS ?? '12' },
    },
    allowPositionals: true,
  });
  const named = positionals.length > 0 ? positionals : (process.env.TURN_URLS ?? '').split(',');
  const [first, ...others] = named.flatMap((text) => text.trim() || []).map(readRelayUrl);
  const secret = process.env.TURN_SECRET ?? '';
  if (!first) throw new RangeError('No TURN address is given, and TURN_URLS is not set.');
  if (secret === '') throw new RangeError('TURN_SECRET is not set.');
  const participants = numberIn(values.participants, 'participants', 64);
  const quota = quotaFor(participants, others.length + 1, 65_535).perParticipant;
  const peerPort = numberIn(values['peer-port'], 'peer-port', 65_535);
  let isGood = true;
  for await (const { name, tries, faults, remark } of probe({
    urls: [first, ...others],
    secret,
    quota,
    peerPort,
  })) {
    isGood &&= faults.length === 0;
    const verdict = faults.length === 0 ? 'good' : 'BAD ';
    console.log(
      `${verdict}  ${name}: ${tries} tries, ${faults.length} faults${remark && ` (${remark})`}`,
    );
    for (const fault of faults) console.log(`        ${fault}`);
  }
  return isGood;
}

function numberIn(text: string, name: string, most: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most)
    throw new RangeError(`--${name} must be a whole number from 1 to ${most}.`);
  return number;
}
