import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { test as base } from '../fixtures/relayed.ts';
import { until } from '../fixtures/until.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What listens where only a broken relay reaches, and answers: on the loopback addresses of the relay's machine. */
const CANARY = `
  for (const [type, address] of [['udp4', '127.0.0.1'], ['udp6', '::1']]) {
    const socket = require('node:dgram').createSocket(type);
    socket.on('message', (bytes, { port, address }) => {
      console.log('heard');
      socket.send(bytes, port, address);
    });
    socket.bind(53, address, () => console.log('listening'));
  }`;

type Probed = { code: number; output: string; heard: number };

const test = base.extend<{ probed: Probed }>({
  probed: async ({ apart, relay }, use) => {
    const [ip = '', ...there] = apart.serverCommand;
    const canary = spawn(ip, [...there, 'node', '-e', CANARY], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = listenTo(canary);
    await until(() => (said('listening') === 2 ? '' : 'The canary does not listen'));
    const program = ['node', '--import', 'tsx', 'turn/src/probe-relay.ts', ...relay.urls];
    const probed = await new Promise<Omit<Probed, 'heard'>>((done) => {
      const env = { PATH: process.env.PATH, TURN_SECRET: relay.secret };
      execFile(ip, [...there, ...program], { cwd: root, env }, (error, stdout, stderr) =>
        done({ code: Number(error?.code ?? 0), output: stdout + stderr }),
      );
    });
    await use({ ...probed, heard: said('heard') });
    canary.kill('SIGKILL');
    if (canary.exitCode === null && canary.signalCode === null) await once(canary, 'exit');
  },
});

test('the probe reaches nobody through the relay, finds its quota exact and its other doors closed, and is relayed where it may be', ({
  probed: { code, output, heard },
}) => {
  expect(output).not.toContain('BAD');
  expect(output).toContain('internal peers: 270 tries, 0 faults (3 of 3 kinds');
  expect(output).toContain('quota: 67 tries, 0 faults (66 granted)');
  expect(output).toContain('bad credentials: 12 tries, 0 faults');
  expect(output).toMatch(/amplification: 3 tries, 0 faults \(Binding 1\.[0-6]/);
  expect(output).toMatch(/legitimate relay: 300 tries, 0 faults \(udp.*tcp.*tls/);
  expect([code, heard]).toEqual([0, 0]);
});

test.describe('where nothing is denied', () => {
  test.use({
    changes: {
      leaveOut: /^(denied-peer-ip|no-multicast-peers|user-quota|no-tcp-relay)/,
      add: 'allow-loopback-peers\ncli-password=unused\n',
    },
  });

  test('the probe says so', ({ probed: { code, output, heard } }) => {
    expect(output).toContain('CreatePermission to 169.254.169.254');
    expect(output).toContain('ChannelBind to ::ffff:127.0.0.1');
    expect(output).toContain('Send was answered');
    expect(output).toContain('a TCP allocation is granted');
    expect(output).toContain('allocation 67 of 66: granted');
    expect(code).toBe(1);
    expect(heard).toBeGreaterThan(0);
  });
});

/** Counts lines that read `word`. */
function listenTo({ stdout }: ChildProcess): (word: string) => number {
  let text = '';
  stdout?.setEncoding('utf8').on('data', (more: string) => (text += more));
  return (word) => text.split('\n').filter((line) => line === word).length;
}
