import type { Signal } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { fakeFingerprint, fakeSdp } from './test/fake-connection.ts';
import { last, pair, prints } from './test/link-pair.ts';

describe('opening', () => {
  test('R30 the initiator offers, the other answers, both are connected', async () => {
    const { initiator, other, pass } = pair();
    await pass(100);
    expect(initiator.connections.map((one) => one.accepted)).toEqual([['answer x']]);
    expect(other.connections.map((one) => one.accepted)).toEqual([['offer first']]);
    expect(initiator.log).toEqual(['connecting', 'ok']);
    expect(other.log).toEqual(['connecting', 'ok']);
    expect(initiator.link.epoch).toBe(1);
  });

  test('R35 while nothing can be told to the other side, nothing is opened', async () => {
    const { initiator, other, pass, setReachable } = pair({ reachable: false });
    await pass(60_000);
    expect(initiator.connections).toHaveLength(0);
    setReachable(true);
    await pass(100);
    expect(last(other.log)).toBe('ok');
  });

  test('R24 lost signals only delay it', async () => {
    const { initiator, pass, wire } = pair();
    wire.open = false;
    await pass(900);
    expect(initiator.log).toEqual(['connecting']);
    wire.open = true;
    await pass(1_500);
    expect(last(initiator.log)).toBe('ok');
    expect(initiator.connections).toHaveLength(1);
  });

  test('tracks set before and after are the ones sent', async () => {
    const { initiator, other, pass } = pair();
    const one = { id: 'one' } as MediaStreamTrack;
    await other.link.sendTrack('camera', one);
    await pass(100);
    expect(last(other.connections).sent.camera).toBe(one);
    const before = initiator.connections.length;
    await initiator.link.sendTrack('microphone', one);
    expect(last(initiator.connections).sent.microphone).toBe(one);
    expect(initiator.connections).toHaveLength(before);
  });

  test('R32 replacing a track costs no signal', async () => {
    const { initiator, pass, wire } = pair();
    await pass(500);
    wire.carried.length = 0;
    await initiator.link.sendTrack('camera', null);
    await pass(5_000);
    expect(wire.carried).toEqual([]);
  });
});

describe('R33 the signals channel', () => {
  test('R33 opens with each connection, closes with it, and carries texts', async () => {
    const { initiator, other, pass } = pair();
    expect(initiator.link.sendCarried('too early')).toBe(false);
    await pass(100);
    last(initiator.connections).twin = last(other.connections);
    expect(initiator.link.sendCarried('text')).toBe(true);
    expect(other.carried).toEqual([true, 'text']);
    last(other.connections).listener.onEnd();
    expect(other.carried).toEqual([true, 'text', false]);
    expect(other.link.sendCarried('too late')).toBe(false);
    await pass(3_000);
    expect(other.carried).toEqual([true, 'text', false, true]);
  });

  test('R33 a closed link says that it is closed', async () => {
    const { initiator, pass } = pair();
    await pass(100);
    initiator.link.close();
    expect(initiator.carried).toEqual([true, false]);
  });
});

describe('repair', () => {
  test('R34 an offer without answer is made again after 8 s, and after 8 more in a new epoch', async () => {
    const { initiator, pass, wire } = pair();
    wire.open = false;
    await pass(8_100);
    const offers = () =>
      new Set(
        wire.carried.flatMap(({ epoch, seq, body }) =>
          body?.type === 'offer' ? [`${epoch}/${seq}`] : [],
        ),
      );
    expect([...offers()]).toEqual(['1/1', '1/2']);
    await pass(9_500);
    expect(initiator.link.epoch).toBe(2);
    expect([...offers()]).toEqual(['1/1', '1/2', '2/1']);
  });

  test('a connection that ends by itself after the link was closed changes nothing', async () => {
    const { initiator, pass } = pair();
    await pass(100);
    initiator.link.close();
    expect(last(initiator.connections).closed).toBe(true);
    last(initiator.connections).listener.onEnd();
    await pass(60_000);
    expect(initiator.connections).toHaveLength(1);
    expect(last(initiator.log)).toBe('ok');
  });

  test('D14 whoever asks for a new connection without end gets about one a second', async () => {
    const { initiator, pass } = pair();
    await pass(100);
    for (let seq = 2; seq < 200; seq++) {
      initiator.link.receive({
        epoch: initiator.link.epoch,
        seq,
        ack: 0,
        body: { type: 'replacement-wanted' },
      });
      await pass(50);
    }
    expect(initiator.connections.length).toBeLessThan(12);
    expect(initiator.connections.filter(({ closed }) => !closed).length).toBeLessThanOrEqual(1);
  });

  test('D14 whoever asks for restarts without end gets a few in a row, and one in 5 s', async () => {
    const { initiator, pass } = pair();
    await pass(5_000);
    for (let seq = 2; seq < 600; seq++) {
      const answer = { type: 'answer' as const, sdp: fakeSdp(prints.other) };
      const body = seq % 2 === 0 ? { type: 'restart-wanted' as const } : answer;
      initiator.link.receive({ epoch: 1, seq, ack: 1_000, body });
      await pass(100);
    }
    expect(initiator.connections).toHaveLength(1);
    const { restarts } = last(initiator.connections);
    expect(restarts.length).toBeGreaterThan(3);
    expect(restarts.length).toBeLessThan(20);
  });

  test('D14 whoever offers new epochs without end gets one connection at a time, about one a second', async () => {
    const { other, pass } = pair();
    await pass(100);
    for (let epoch = 2; epoch < 200; epoch++) {
      const body = { type: 'offer' as const, sdp: fakeSdp(prints.initiator) };
      other.link.receive({ epoch, seq: 1, ack: 0, body });
      await pass(50);
    }
    expect(other.connections.length).toBeLessThan(16);
    expect(other.connections.filter(({ closed }) => !closed)).toHaveLength(1);
  });

  test('D14 candidates beyond a browser’s number are passed over', async () => {
    const { other, pass } = pair();
    await pass(100);
    for (let seq = 2; seq <= 6; seq++) {
      const candidates = Array.from({ length: 50 }, () => ({
        candidate: 'x',
        sdpMid: '0',
        sdpMLineIndex: 0,
      }));
      other.link.receive({ epoch: 1, seq, ack: 0, body: { type: 'candidates', candidates } });
    }
    expect(last(other.connections).candidates).toHaveLength(100);
  });
});

describe('R26 pinning', () => {
  const forged = (seq: number, sdp: string): Signal => ({
    epoch: 2,
    seq,
    ack: 0,
    body: { type: 'offer', sdp },
  });

  test('R26 an offer with another certificate opens nothing, and is told', () => {
    const { other } = pair({ reachable: false });
    other.link.receive(forged(1, fakeSdp(fakeFingerprint(9))));
    expect(other.connections).toHaveLength(0);
    expect(other.refused).toEqual(['fingerprint']);
    expect(other.log).toEqual(['lost']);
  });

  test('R26 it does not harm the link there is', async () => {
    const { other, pass } = pair();
    await pass(100);
    other.link.receive(forged(1, fakeSdp(fakeFingerprint(9))));
    expect(other.connections.map(({ closed }) => closed)).toEqual([false]);
    expect(last(other.log)).toBe('ok');
  });

  test('R26 an answer with another certificate connects nothing', async () => {
    const { initiator, pass, wire } = pair();
    wire.open = false;
    await pass(50);
    const body = { type: 'answer' as const, sdp: fakeSdp(fakeFingerprint(9)) };
    initiator.link.receive({ epoch: 1, seq: 1, ack: 1, body });
    expect(initiator.refused).toEqual(['fingerprint']);
    expect(last(initiator.connections).accepted).toEqual([]);
  });

  test('R32 other sections than the agreed ones are refused', () => {
    const { other } = pair({ reachable: false });
    const sdp = `${fakeSdp(prints.initiator)}m=video 9 UDP/TLS/RTP/SAVPF 0\r\n`;
    other.link.receive(forged(1, sdp));
    expect(other.connections).toHaveLength(0);
    expect(other.refused).toEqual(['altered']);
  });

  test('R30 whoever is not the initiator cannot offer', async () => {
    const { initiator, pass } = pair();
    await pass(100);
    const body = { type: 'offer' as const, sdp: fakeSdp(prints.other) };
    initiator.link.receive({ epoch: 1, seq: 2, ack: 1, body });
    expect(last(initiator.connections).accepted).toEqual(['answer x']);
  });
});

test('R31 a restart of a connection that is gone here opens none, but asks for another at once', async () => {
  const { initiator, other, pass, wire } = pair();
  await pass(300);
  last(other.connections).listener.onEnd();
  wire.carried.length = 0;
  last(initiator.connections).restart(null);
  await pass(100);
  expect(other.connections).toHaveLength(1);
  expect(wire.carried.map(({ body }) => body?.type)).toContain('replacement-wanted');
  await pass(3_000);
  expect(other.connections.map(({ accepted }) => accepted)).toEqual([
    ['offer first'],
    ['offer first'],
  ]);
  expect([last(initiator.log), last(other.log)]).toEqual(['ok', 'ok']);
});
