import { describe, expect, test } from 'vitest';
import { type Name, last, pair } from './test/link-pair.ts';

const both: Name[] = ['initiator', 'other'];

/** Two people who are connected, for long enough that somebody looks after them. */
async function connectedPair() {
  const parts = pair();
  await parts.pass(5_000);
  const standings = () => [last(parts.initiator.log), last(parts.other.log)];
  const connections = () => [parts.initiator.connections.length, parts.other.connections.length];
  const restarts = () =>
    parts.initiator.connections.reduce((sum, one) => sum + one.restarts.length, 0);
  return { ...parts, standings, connections, restarts };
}

describe('an ICE restart', () => {
  test.each(both)(
    'R31 R34 restores what fails at %s: the same connection, epoch and tracks',
    async (by) => {
      const parts = await connectedPair();
      const { initiator, other, pass, standings, connections, restarts } = parts;
      const before = last(parts[by].shown);
      last(parts[by].connections).listener.onState('failed');
      expect(last(parts[by].log)).toBe('restoring');
      await pass(500);
      expect(standings()).toEqual(['ok', 'ok']);
      expect([connections(), restarts()]).toEqual([[1, 1], 1]);
      expect([initiator.link.epoch, other.link.epoch]).toEqual([1, 1]);
      expect(last(parts[by].shown)).toBe(before);
    },
  );

  test('it uses the ICE servers of the moment', async () => {
    const { initiator, pass } = await connectedPair();
    last(initiator.connections).listener.onState('failed');
    await pass(500);
    expect(last(initiator.connections).restarts).toEqual([[{ urls: 'turn:now' }]]);
  });

  test('R34 silence of 2.5 s on both sides is shown, and restarts once', async () => {
    const { pass, setPath, standings, restarts, connections } = await connectedPair();
    setPath(false);
    await pass(1_900);
    expect(standings()).toEqual(['weak', 'weak']);
    expect(restarts()).toBe(0);
    await pass(1_400);
    expect(standings()).toEqual(['restoring', 'restoring']);
    expect(restarts()).toBe(1);
    setPath(true);
    await pass(6_000);
    expect(standings()).toEqual(['ok', 'ok']);
    expect(connections()).toEqual([1, 1]);
  });

  test.each(both)('what comes to life again shows %s a whole picture, once', async (by) => {
    const { setPath, pass, standings, ...ends } = await connectedPair();
    const refreshed = () => last(ends[by].connections).refreshed;
    expect(refreshed()).toBe(0);
    setPath(false);
    await pass(5_000);
    expect(refreshed()).toBe(0);
    setPath(true);
    await pass(6_000);
    expect(standings()).toEqual(['ok', 'ok']);
    expect(refreshed()).toBe(1);
  });

  test('R34 the other side asks, and asks again after 2 s', async () => {
    const { initiator, other, pass, wire, restarts } = await connectedPair();
    last(initiator.connections).works = false;
    last(other.connections).works = false;
    wire.carried.length = 0;
    last(other.connections).listener.onState('failed');
    await pass(1_900);
    const asks = () => new Set(wire.carried.filter(({ body }) => body?.type === 'restart-wanted'));
    expect([asks().size, restarts()]).toEqual([1, 1]);
    await pass(6_000);
    expect(asks().size).toBe(2);
    expect(restarts()).toBe(2);
  });

  test('R34 all signs of one fault, on both sides, make one restart', async () => {
    const { initiator, other, pass, setPath, restarts } = await connectedPair();
    setPath(false);
    await pass(1_000);
    for (const { connections, link } of [initiator, other]) {
      last(connections).listener.onState('disconnected');
      link.suspect('slight');
    }
    await pass(2_000);
    for (const { connections } of [initiator, other]) last(connections).listener.onState('failed');
    await pass(1_500);
    expect(restarts()).toBe(1);
  });

  test.each(both)(
    'R34 an address that %s has only since is worth another, and one of before is not',
    async (by) => {
      const { pass, setPath, restarts, ...ends } = await connectedPair();
      const { listener } = last(ends[by].connections);
      const tell = (address: string) =>
        listener.onSignal({
          type: 'candidates',
          candidates: [
            {
              candidate: `candidate:1 1 udp 2122260223 ${address} 5000 typ host`,
              sdpMid: '0',
              sdpMLineIndex: 0,
            },
          ],
        });
      tell('10.0.0.2');
      setPath(false);
      await pass(3_500);
      expect(restarts()).toBe(1);
      tell('10.0.0.2');
      await pass(200);
      expect(restarts()).toBe(1);
      tell('10.0.0.3');
      await pass(200);
      expect(restarts()).toBe(2);
    },
  );

  test('a disconnection of less than 1.5 s is shown and waited out', async () => {
    const { initiator, pass, restarts } = await connectedPair();
    const { listener } = last(initiator.connections);
    listener.onState('disconnected');
    expect(last(initiator.log)).toBe('restoring');
    await pass(1_400);
    listener.onState('connected');
    await pass(10_000);
    expect(last(initiator.log)).toBe('ok');
    expect(restarts()).toBe(0);
  });

  test('R34 one of more than 1.5 s is not', async () => {
    const { initiator, pass, standings, restarts } = await connectedPair();
    last(initiator.connections).listener.onState('disconnected');
    await pass(2_000);
    expect(restarts()).toBe(1);
    expect(standings()).toEqual(['ok', 'ok']);
  });

  test.each(both)('a network that changed needs a second of silence at %s', async (by) => {
    const parts = await connectedPair();
    parts.setPath(false);
    parts[by].link.suspect('slight');
    await parts.pass(1_900);
    expect(parts.restarts()).toBe(1);
    parts.setPath(true);
    await parts.pass(4_000);
    expect(parts.standings()).toEqual(['ok', 'ok']);
  });

  test('a network that changed and a link that works are no reason to restart', async () => {
    const { initiator, other, pass, restarts } = await connectedPair();
    for (let times = 0; times < 20; times++) {
      initiator.link.suspect('slight');
      other.link.suspect('slight');
      await pass(1_000);
    }
    expect(restarts()).toBe(0);
    expect(initiator.log).toEqual(['connecting', 'ok']);
  });

  test('what was tried on the old network is tried again at once on the new one', async () => {
    const { initiator, pass, setPath, restarts } = await connectedPair();
    setPath(false);
    await pass(5_000);
    const before = restarts();
    initiator.link.suspect('slight');
    await pass(100);
    expect(restarts()).toBe(before + 1);
  });
});

describe('where restarts do not help', () => {
  const cut = async () => {
    const parts = await connectedPair();
    parts.setPath(false);
    return parts;
  };

  test('R34 after three of 5 s each the connection is made anew, and stands as lost', async () => {
    const { initiator, other, pass, restarts } = await cut();
    await pass(17_000);
    expect([restarts(), initiator.link.epoch]).toEqual([3, 1]);
    expect(last(initiator.log)).toBe('restoring');
    await pass(3_000);
    expect([initiator.link.epoch, other.link.epoch]).toEqual([2, 2]);
    expect(last(initiator.log)).toBe('lost');
    expect(other.connections.map(({ closed }) => closed)).toEqual([true, false]);
  });

  test('R34 every second new connection uses relays alone, and none of them ends the trying', async () => {
    const { initiator, other, pass, setPath, standings } = await cut();
    await pass(300_000);
    expect(initiator.connections.slice(0, 5).map(({ relayOnly }) => relayOnly)).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
    expect(initiator.connections.length).toBeGreaterThan(15);
    expect(initiator.connections.length).toBeLessThan(30);
    expect(other.connections.filter(({ closed }) => !closed)).toHaveLength(1);
    setPath(true);
    await pass(16_000);
    expect(standings()).toEqual(['ok', 'ok']);
  });

  test('the tracks of the last connection stay until the new one works', async () => {
    const { initiator, pass, setPath } = await cut();
    const before = initiator.shown[0];
    await pass(40_000);
    expect(initiator.connections.length).toBeGreaterThan(2);
    expect(initiator.shown.every((tracks) => tracks === before)).toBe(true);
    setPath(true);
    await pass(16_000);
    expect(last(initiator.shown)).toBe(last(initiator.connections).tracks);
  });

  test('a link that heals before it is made anew is left alone', async () => {
    const { initiator, pass, setPath, standings } = await cut();
    await pass(17_600);
    setPath(true);
    await pass(30_000);
    expect(standings()).toEqual(['ok', 'ok']);
    expect(initiator.connections).toHaveLength(1);
  });

  test.each(both)('a connection that ends at %s is made anew', async (by) => {
    const parts = await connectedPair();
    last(parts[by].connections).listener.onEnd();
    expect(last(parts[by].log)).toBe('restoring');
    await parts.pass(2_500);
    expect(parts.connections()).toEqual([2, 2]);
    expect(parts.standings()).toEqual(['ok', 'ok']);
  });
});

describe('while the other side cannot be reached', () => {
  test('R34 R35 no try is spent, and the first follows at once when it can', async () => {
    const { initiator, pass, setPath, setReachable, restarts, standings } = await connectedPair();
    setReachable(false);
    setPath(false);
    await pass(120_000);
    expect([restarts(), initiator.link.epoch]).toEqual([0, 1]);
    expect(last(initiator.log)).toBe('restoring');
    setPath(true);
    setReachable(true);
    await pass(600);
    expect(standings()).toEqual(['ok', 'ok']);
  });

  test('R34 a restart whose offer never arrives is taken back after 8 s and made anew after 16', async () => {
    const { initiator, pass, setPath, wire, restarts } = await connectedPair();
    wire.open = false;
    setPath(false);
    await pass(11_400);
    expect([restarts(), initiator.link.epoch]).toEqual([2, 1]);
    await pass(9_500);
    expect(initiator.link.epoch).toBe(2);
  });

  test('R34 an answer to an offer that was taken back is no answer to the next', async () => {
    const { initiator, pass, setPath, wire } = await connectedPair();
    setPath(false);
    await pass(3_400);
    const { accepted } = last(initiator.connections);
    const answer = wire.carried.find(({ body }) => body?.type === 'answer')?.body;
    if (!answer) throw new Error('nobody answered');
    wire.open = false;
    await pass(5_100);
    const before = accepted.length;
    const seq = Math.max(
      ...wire.carried.map((signal) => (signal.body === answer ? signal.seq : 0)),
    );
    initiator.link.receive({ epoch: 1, seq: seq + 2, ack: 1, body: answer });
    initiator.link.receive({ epoch: 1, seq: seq + 3, ack: 1, body: answer });
    expect(accepted).toHaveLength(before);
  });
});
