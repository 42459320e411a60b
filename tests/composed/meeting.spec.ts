import { execFileSync } from 'node:child_process';
import { test, expect } from '../fixtures/test.ts';
import { makeMeeting } from '../fixtures/make-meeting.ts';
import { until } from '../fixtures/until.ts';

const { CONFAB_URL = '', CONFAB_NODES = '' } = process.env;
const nodes = CONFAB_NODES.split(',');

test('three people meet through TLS, one of them by the relay alone, while the servers are exchanged', async ({
  arrive,
}) => {
  const link = await makeMeeting(CONFAB_URL);
  const alice = await arrive('Alice', { trusting: true });
  const bob = await arrive('Bob', { trusting: true });
  const carol = await arrive('Carol', { trusting: true, relayOnly: 'every' });
  for (const person of [alice, bob, carol]) await person.joins(link);
  await alice.seesAndHears(bob, carol);
  await bob.seesAndHears(alice, carol);
  await carol.seesAndHears(alice, bob);

  const paths = await carol.page.evaluate(() => window.pathsInUse());
  expect(paths.map(({ own }) => own)).toEqual(['relay', 'relay']);
  for (const { bytes } of paths) expect(bytes).toBeGreaterThan(10_000);

  const busy = nodes.map((node) => [node, connectionsAt(node)] as const);
  expect(busy.filter(([, count]) => count === 0)).toEqual([]);

  for (const node of nodes) {
    const before = await Promise.all([carol.framesFrom(alice), alice.framesFrom(carol)]);
    compose('up', '-d', '--no-deps', '--force-recreate', '--wait', node);
    await until(() => {
      const all = nodes.reduce((sum, name) => sum + connectionsAt(name), 0);
      return all === 3 ? '' : `${all} of 3 are connected after ${node} was exchanged`;
    }, 30_000);
    for (const person of [alice, bob, carol]) await person.isConnected();
    expect(await carol.framesFrom(alice)).toBeGreaterThan(before[0]);
    expect(await alice.framesFrom(carol)).toBeGreaterThan(before[1]);
  }
  await alice.seesOnly(bob, carol);
  await carol.seesOnly(alice, bob);
  await alice.seesAndHears(bob, carol);
  await carol.seesAndHears(alice, bob);
});

/** By the node's own count. */
function connectionsAt(node: string): number {
  const ask = `fetch('http://127.0.0.1:9100/metrics').then((answer) => answer.text()).then(console.log)`;
  const told = compose('exec', '-T', node, 'node', '-e', ask);
  return Number(/^confab_connections (\d+)$/m.exec(told)?.[1]);
}

function compose(...args: string[]): string {
  return execFileSync('docker', ['compose', ...args], { encoding: 'utf8', stdio: 'pipe' });
}
