import { expect, test } from 'vitest';
import { LinkRepair } from './link-repair.ts';
import { ManualClock } from './test/manual-clock.ts';

function repairing({ initiator = true } = {}) {
  const clock = new ManualClock();
  const log: string[] = [];
  const state = { reachable: true, prepared: Promise.resolve() };
  const note = (what: string) => log.push(`${clock.now() / 1_000} ${what}`);
  const repair = new LinkRepair({
    initiator,
    clock,
    isReachable: () => state.reachable,
    prepare: () => state.prepared,
    open: () => {
      note(repair.relayOnly ? 'relays' : 'opened');
      repair.opened();
    },
    ask: () => note('asked'),
  });
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 500) {
      for (let turns = 0; turns < 4; turns++) await Promise.resolve();
      clock.advance(500);
    }
  };
  return { clock, log, pass, repair, state };
}

test('R34 the initiator begins when the other side can be reached', () => {
  const { log, repair } = repairing();
  repair.reachable();
  repair.reachable();
  expect(log).toEqual(['0 opened']);
});

test('R34 new connections come at growing intervals up to 15 s, every second over relays alone', async () => {
  const { log, pass, repair } = repairing();
  repair.reachable();
  for (let times = 0; times < 6; times++) {
    repair.fail(0);
    await pass(15_000);
  }
  expect(log).toEqual([
    '0 opened',
    '1 opened',
    '17 relays',
    '34 opened',
    '53 relays',
    '75 opened',
    '90 relays',
  ]);
});

test('R34 the time that a connection was tried for is part of the interval', async () => {
  const { log, pass, repair } = repairing();
  for (let times = 0; times < 3; times++) repair.fail(15_000);
  await pass(15_000);
  repair.fail(15_000);
  await pass(15_000);
  expect(log).toEqual(['1 opened', '16 relays']);
});

test('R34 what succeeds before its repair is left alone', async () => {
  const { log, pass, repair } = repairing();
  repair.fail(0);
  await pass(500);
  repair.succeeded();
  await pass(60_000);
  expect(log).toEqual([]);
});

test('R34 what succeeds while the new connection is prepared is left alone', async () => {
  const { clock, log, pass, repair, state } = repairing();
  let prepared: () => void = () => undefined;
  state.prepared = new Promise((resolve) => (prepared = resolve));
  repair.fail(0);
  clock.advance(1_000);
  repair.succeeded();
  prepared();
  await pass(60_000);
  expect(log).toEqual([]);
});

test('what cannot be prepared is tried with what there is', async () => {
  const { log, pass, repair, state } = repairing();
  state.prepared = Promise.reject(new Error('no server'));
  repair.fail(0);
  await pass(2_000);
  expect(log).toEqual(['1 opened']);
});

test('R34 R35 while the other side cannot be reached nothing is opened, and then at once', async () => {
  const { log, pass, repair, state } = repairing();
  state.reachable = false;
  repair.fail(0);
  await pass(60_000);
  expect(log).toEqual([]);
  state.reachable = true;
  repair.reachable();
  await pass(500);
  expect(log).toEqual(['60 opened']);
});

test('R34 the other side asks, again and again until there is another connection', async () => {
  const { log, pass, repair } = repairing({ initiator: false });
  repair.reachable();
  repair.fail(0);
  await pass(40_000);
  expect(log).toEqual(['1 asked', '3 asked', '7 asked', '15 asked', '30 asked']);
  repair.opened();
  await pass(60_000);
  expect(log).toHaveLength(5);
});
