import { describe, expect, test } from 'vitest';
import { Pace } from './pace.ts';
import { RestartLadder } from './restart-ladder.ts';
import { ManualClock } from './test/manual-clock.ts';

function ladderOf({ initiator = true, random = 0 } = {}) {
  const clock = new ManualClock();
  const log: string[] = [];
  const state = { reachable: true, unanswered: false };
  const ladder = new RestartLadder({
    initiator,
    clock,
    pace: new Pace(clock, 6, 5_000),
    random: () => random,
    isReachable: () => state.reachable,
    isUnanswered: () => state.unanswered,
    restart: (isWanted) => log.push(`${clock.now() / 1_000}${isWanted() ? '' : ' in vain'}`),
    giveUp: (tries) => log.push(`${clock.now() / 1_000} given up after ${tries}`),
  });
  return { clock, ladder, log, state };
}

describe('R34 the first restart', () => {
  test('R34 comes at once after a failure, after 1.5 s of disconnection, and within 0.1 s of a stall', () => {
    for (const [trouble, random, at] of [
      ['failed', 0.5, '0'],
      ['disconnected', 0.5, '1.5'],
      ['stalled', 0.5, '0.05'],
      ['stalled', 1, '0.1'],
    ] as const) {
      const { clock, ladder, log } = ladderOf({ random });
      ladder.trouble(trouble);
      clock.advance(2_000);
      expect(log).toEqual([at]);
    }
  });

  test('R34 does not come where the connection heals before', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.trouble('disconnected');
    clock.advance(1_499);
    ladder.healed();
    clock.advance(60_000);
    expect(log).toEqual([]);
  });

  test('R34 a worse sign hastens it, and a lesser one does not put it off', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.trouble('disconnected');
    clock.advance(500);
    ladder.trouble('failed');
    ladder.trouble('disconnected');
    clock.advance(1_000);
    expect(log).toEqual(['0.5']);
  });

  test('R34 all signs of one fault make one', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.trouble('stalled');
    clock.advance(100);
    for (const sign of ['disconnected', 'failed', 'stalled'] as const) ladder.trouble(sign);
    ladder.wanted();
    clock.advance(1_900);
    ladder.wanted();
    clock.advance(2_000);
    expect(log).toEqual(['0']);
  });
});

describe('R34 further restarts', () => {
  test('R34 the initiator gives up after three of 5 s', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.trouble('failed');
    clock.advance(60_000);
    expect(log).toEqual(['0', '5', '10', '15 given up after 3']);
  });

  test('R34 the other side asks again after 2 s, and gives up after 20', () => {
    const { clock, ladder, log } = ladderOf({ initiator: false });
    ladder.trouble('failed');
    clock.advance(60_000);
    expect(log).toEqual(['0', '2', '7', '12', '17', '22 given up after 5']);
  });

  test('R34 an answer gives it 5 s more', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.trouble('failed');
    clock.advance(4_000);
    ladder.answered();
    clock.advance(4_900);
    expect(log).toEqual(['0']);
    clock.advance(100);
    expect(log).toEqual(['0', '9']);
  });

  test('R34 while an offer has no answer, whoever watches it repeats it', () => {
    const { clock, ladder, log, state } = ladderOf();
    ladder.trouble('failed');
    state.unanswered = true;
    clock.advance(60_000);
    expect(log).toEqual(['0']);
    state.unanswered = false;
    ladder.answered();
    clock.advance(5_000);
    expect(log).toEqual(['0', '65']);
  });

  test('R34 a try that heals ends the trying, and the next fault begins anew', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.trouble('failed');
    clock.advance(12_000);
    ladder.healed();
    clock.advance(60_000);
    ladder.trouble('failed');
    clock.advance(12_000);
    expect(log).toEqual(['0', '5', '10', '72', '77', '82']);
  });

  test('links that break again and again restart six times in a row, and then every 5 s', () => {
    const { clock, ladder, log } = ladderOf();
    for (let times = 0; times < 60; times++) {
      ladder.trouble('failed');
      clock.advance(500);
      ladder.healed();
      clock.advance(500);
    }
    expect(log.length).toBeGreaterThan(6);
    expect(log.length).toBeLessThanOrEqual(6 + 60 / 5);
  });
});

describe('R34 the other side’s wish', () => {
  test('R34 is fulfilled although this side sees no fault, and not repeated unasked', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.wanted();
    clock.advance(60_000);
    expect(log).toEqual(['0']);
  });

  test('R34 hastens a restart that is due, and is met by one that has just begun or waits for its answer', () => {
    const { clock, ladder, log, state } = ladderOf();
    ladder.trouble('disconnected');
    clock.advance(300);
    ladder.wanted();
    expect(log).toEqual(['0.3']);
    ladder.healed();
    clock.advance(1_900);
    ladder.wanted();
    clock.advance(1_000);
    state.unanswered = true;
    ladder.wanted();
    expect(log).toEqual(['0.3']);
    state.unanswered = false;
    ladder.wanted();
    expect(log).toEqual(['0.3', '3.2']);
  });
});

describe('R34 another address', () => {
  test('R34 that comes up while the initiator restarts is worth another restart', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.trouble('failed');
    clock.advance(299);
    ladder.moved();
    expect(log).toEqual(['0']);
    ladder.answered();
    clock.advance(601);
    ladder.moved();
    clock.advance(14_000);
    expect(log).toEqual(['0', '0.9', '5.9', '10.9']);
  });

  test('R34 that the other side asks for after its answer is, too', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.trouble('failed');
    clock.advance(900);
    ladder.wanted();
    expect(log).toEqual(['0']);
    ladder.answered();
    ladder.wanted();
    expect(log).toEqual(['0', '0.9']);
    ladder.answered();
    clock.advance(299);
    ladder.wanted();
    expect(log).toEqual(['0', '0.9']);
  });

  test('R34 is nothing to a link without trouble', () => {
    const { clock, ladder, log } = ladderOf();
    clock.advance(60_000);
    ladder.moved();
    clock.advance(60_000);
    expect(log).toEqual([]);
  });
});

describe('R34 the side that does not restart', () => {
  test('R34 asks for nothing where the other has begun by itself, and asks after 2 s if that does not help', () => {
    for (const order of ['offer, then trouble', 'trouble, then offer'] as const) {
      const { clock, ladder, log } = ladderOf({ initiator: false, random: 1 });
      clock.advance(10_000);
      if (order === 'offer, then trouble') ladder.answered();
      ladder.trouble('stalled');
      clock.advance(50);
      if (order !== 'offer, then trouble') ladder.answered();
      clock.advance(4_000);
      expect([order, log]).toEqual([order, order === 'offer, then trouble' ? ['12'] : []]);
      clock.advance(1_000);
      expect(log).toHaveLength(1);
    }
  });

  test('R34 asks again when it has another address meanwhile', () => {
    const { clock, ladder, log } = ladderOf({ initiator: false });
    clock.advance(10_000);
    ladder.answered();
    ladder.trouble('stalled');
    clock.advance(800);
    ladder.moved();
    expect(log).toEqual(['10.8']);
  });
});

describe('R34 R35 the way there', () => {
  test('R34 while it is closed nothing is tried, and at once when it opens', () => {
    const { clock, ladder, log, state } = ladderOf();
    state.reachable = false;
    ladder.trouble('failed');
    clock.advance(120_000);
    expect(log).toEqual([]);
    state.reachable = true;
    ladder.again();
    clock.advance(60_000);
    expect(log).toEqual(['120', '125', '130', '135 given up after 3']);
  });

  test('R34 what was tried before it changed does not count, unless that was this moment', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.trouble('failed');
    clock.advance(500);
    ladder.again();
    expect(log).toEqual(['0']);
    clock.advance(11_500);
    ladder.again();
    clock.advance(14_000);
    expect(log).toEqual(['0', '5', '10', '12', '17', '22']);
  });

  test('a link without trouble is left alone', () => {
    const { clock, ladder, log } = ladderOf();
    ladder.again();
    clock.advance(60_000);
    expect(log).toEqual([]);
  });
});

test('after the end nothing is tried', () => {
  const { clock, ladder, log } = ladderOf();
  ladder.trouble('disconnected');
  ladder.stop();
  ladder.trouble('failed');
  ladder.wanted();
  ladder.again();
  clock.advance(60_000);
  expect(log).toEqual([]);
});
