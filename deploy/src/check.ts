// `npm run deploy:check -- https://meet.example.org`: looks at a deployment from where this runs, as a visitor does, and says what is wrong. API_KEY where
// meetings are made with keys alone.
import { Visitor, makeMeeting } from './check/visitor.ts';
import { NotLookedAt, lookAtAll } from './check/outcome.ts';
import type { Check } from './check/outcome.ts';
import { relayChecks } from './check/relay.ts';
import { webChecks } from './check/web.ts';

const [given = ''] = process.argv.slice(2);
if (!URL.canParse(given) || !given.startsWith('https://')) {
  console.error('Give the address: npm run deploy:check -- https://meet.example.org');
  process.exit(2);
}
const address = new URL(given);

/** So many joins, so that each of several servers is met. */
const JOINS = 4;

const meetingChecks: Check[] = [
  { name: 'by WebSocket', look: () => meetBy('websocket') },
  { name: 'by polling', look: () => meetBy('polling') },
];

async function meetBy(transport: 'websocket' | 'polling'): Promise<string> {
  const meeting = await makeMeeting(address.origin, process.env.API_KEY);
  const visitors: Visitor[] = [];
  try {
    for (let count = 0; count < JOINS; count++)
      visitors.push(await Visitor.join(meeting, transport));
    const [first, ...others] = visitors;
    if (first === undefined) throw new NotLookedAt('nobody joined');
    const times: number[] = [];
    for (const other of others) times.push(await first.signals(other), await other.signals(first));
    return `${JOINS} people met, signals took ${Math.min(...times)} to ${Math.max(...times)} ms`;
  } finally {
    await Promise.all(visitors.map((visitor) => visitor.leave()));
  }
}

async function relaysOf(): Promise<Check[]> {
  try {
    const visitor = await Visitor.join(
      await makeMeeting(address.origin, process.env.API_KEY),
      'websocket',
    );
    await visitor.leave();
    return relayChecks(visitor.iceServers);
  } catch {
    return [{ name: 'relay', look: () => Promise.reject(new NotLookedAt('nobody gets in')) }];
  }
}

const wrong = await lookAtAll([...webChecks(address), ...meetingChecks, ...(await relaysOf())]);
process.exit(wrong === 0 ? 0 : 1);
