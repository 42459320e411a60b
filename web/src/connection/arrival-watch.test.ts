import { describe, expect, test } from 'vitest';
import { ArrivalWatch, type Suspicion } from './arrival-watch.ts';
import type { Received } from './received.ts';
import { ManualClock } from './test/manual-clock.ts';

/** A watch on a link to which something comes every `everyMs`, until a test says otherwise. */
function watching(everyMs = 50) {
  const clock = new ManualClock();
  const log: string[] = [];
  const arriving = { everyMs, checksOnly: false, broken: false, tellsAge: false };
  const arrived: Received = { bytes: 0, checks: 0 };
  let latestAt = 0;
  let looks = 0;
  let rest = 0;
  let countedAt = 0;
  const count = () => {
    const due = rest + clock.now() - countedAt;
    countedAt = clock.now();
    rest = arriving.everyMs === Infinity ? 0 : due % arriving.everyMs;
    const times = arriving.everyMs === Infinity ? 0 : Math.floor(due / arriving.everyMs);
    if (times > 0) latestAt = clock.now() - rest;
    if (arriving.checksOnly) arrived.checks += times;
    else arrived.bytes += times * 100;
  };
  const watch = new ArrivalWatch(
    clock,
    () => {
      count();
      looks += 1;
      const age = clock.now() - latestAt;
      return arriving.broken
        ? Promise.reject(new Error('closed'))
        : Promise.resolve({ ...arrived, ...(arriving.tellsAge && { age }) });
    },
    (silence) => log.push(`${clock.now() / 1_000} ${silence}`),
  );
  watch.start();
  /** Lets time pass in steps of at least `stepMs`, as a page whose timers are late. */
  const pass = async (ms: number, stepMs = 0) => {
    const end = clock.now() + ms;
    while (clock.now() < end) {
      clock.advance(Math.min(end, Math.max(clock.next, clock.now() + stepMs)) - clock.now());
      for (let turns = 0; turns < 4; turns++) await Promise.resolve();
    }
  };
  const setEvery = (ms: number) => {
    count();
    arriving.everyMs = ms;
  };
  return { arriving, clock, log, pass, setEvery, watch, looks: () => looks };
}

describe('silence', () => {
  test('R34 is noticed after a second, is a stall after 2.5 s, and ends with the next arrival', async () => {
    const { log, pass, setEvery } = watching();
    await pass(10_000);
    setEvery(Infinity);
    await pass(5_000);
    expect(log).toEqual(['11.5 quiet', '12.5 stalled']);
    setEvery(50);
    await pass(1_000);
    expect(log.slice(2)).toEqual(['15.1 none']);
    setEvery(Infinity);
    await pass(3_500);
    expect(log.slice(3)).toEqual(['19.1 stalled']);
  });

  test('R34 answers to connectivity checks end it', async () => {
    const { arriving, log, pass, setEvery } = watching();
    await pass(10_000);
    setEvery(Infinity);
    await pass(5_000);
    arriving.checksOnly = true;
    setEvery(100);
    await pass(1_000);
    expect(log.at(-1)).toBe('15.1 none');
  });

  test('is not looked for in the first seconds', async () => {
    const { log, pass } = watching(Infinity);
    await pass(5_000);
    expect(log.map((entry) => Number(entry.split(' ')[0]) >= 4)).not.toContain(false);
  });

  test('R34 a second of it is enough once the network has changed, for 5 s', async () => {
    const { log, pass, setEvery, watch } = watching();
    await pass(10_000);
    watch.suspect('slight');
    setEvery(Infinity);
    await pass(1_500);
    expect(log).toEqual(['11 stalled']);
    setEvery(50);
    await pass(20_000);
    log.length = 0;
    watch.suspect('slight');
    await pass(5_100);
    setEvery(Infinity);
    await pass(2_000);
    expect(log.map((entry) => entry.split(' ')[1])).toEqual(['quiet']);
  });

  test('nothing is told after the end', async () => {
    const { log, pass, setEvery, watch } = watching();
    await pass(10_000);
    setEvery(Infinity);
    watch.stop();
    await pass(10_000);
    expect(log).toEqual([]);
  });
});

describe('R49 where something comes all the time', () => {
  /** Something every 20 ms for ten seconds, and 30 ms more. */
  async function lively() {
    const parts = watching(20);
    parts.arriving.tellsAge = true;
    await parts.pass(10_030);
    return parts;
  }

  test('R49 0.7 s of silence are a stall, and hardly more looks are taken for it', async () => {
    const { log, pass, setEvery, looks } = await lively();
    const before = looks();
    setEvery(Infinity);
    await pass(720);
    expect(log).toEqual(['10.72 stalled']);
    expect(looks() - before).toBeLessThanOrEqual(4);
  });

  test('R34 its end is seen within 0.1 s for a minute, and within 0.5 s afterwards', async () => {
    const { pass, setEvery, looks } = await lively();
    setEvery(Infinity);
    await pass(10_000);
    const before = looks();
    await pass(10_000);
    expect(looks() - before).toBe(100);
    await pass(60_000);
    const later = looks();
    await pass(10_000);
    expect(looks() - later).toBe(20);
  });

  test.each<[Suspicion, string]>([
    ['strong', '10.27 stalled'],
    ['slight', '10.72 stalled'],
  ])('R49 and less after a %s sign of another network', async (suspicion, stalled) => {
    const { log, pass, setEvery, watch } = await lively();
    setEvery(Infinity);
    await pass(10);
    watch.suspect(suspicion);
    await pass(1_000);
    expect(log).toEqual([stalled]);
  });

  test.each([400, 1_000])(
    'R49 a strong sign counts for more than pauses of %i ms',
    async (everyMs) => {
      const { log, pass, setEvery, watch } = watching(everyMs);
      await pass(20_000);
      setEvery(Infinity);
      watch.suspect('strong');
      await pass(550);
      expect(log.map((one) => one.split(' ')[1])).toEqual(['stalled']);
    },
  );

  test('R49 a strong sign is followed up on a link that has only just begun', async () => {
    const { arriving, log, pass, setEvery, watch } = watching(20);
    arriving.tellsAge = true;
    await pass(1_000);
    setEvery(Infinity);
    watch.suspect('strong');
    await pass(500);
    expect(log).toEqual(['1.25 stalled']);
  });

  test('a strong sign is not forgotten for a slight one', async () => {
    const { log, pass, setEvery, watch } = await lively();
    watch.suspect('strong');
    watch.suspect('slight');
    setEvery(Infinity);
    await pass(600);
    expect(log).toEqual(['10.27 stalled']);
  });

  test('a sign alone is none', async () => {
    const { log, pass, watch } = await lively();
    for (let times = 0; times < 100; times++) {
      watch.suspect('strong');
      await pass(300);
    }
    expect(log).toEqual([]);
  });

  test('whoever stops to send media and goes on telling their level is not silent', async () => {
    const { log, pass, setEvery } = await lively();
    setEvery(400);
    await pass(600_000);
    expect(log).toEqual([]);
  });

  test('haste is shown once a minute: whatever the reason was, another soon after has to last', async () => {
    const { log, pass, setEvery } = await lively();
    for (let times = 0; times < 4; times++) {
      setEvery(Infinity);
      await pass(900);
      setEvery(20);
      await pass(1_200);
    }
    expect(log).toHaveLength(2);
    await pass(50_000);
    setEvery(Infinity);
    await pass(900);
    setEvery(20);
    expect(log).toHaveLength(2);
    await pass(10_500);
    setEvery(Infinity);
    await pass(900);
    expect(log.slice(2).map((one) => one.split(' ')[1])).toEqual(['stalled']);
  });

  test.each([
    ['a page whose timers are late', 800],
    ['a hidden tab', 1_000],
  ])('%s judges as if little came', async (_name, stepMs) => {
    const { log, pass, setEvery } = await lively();
    await pass(5_000, stepMs);
    setEvery(Infinity);
    await pass(2_000, stepMs);
    expect(log.filter((one) => one.endsWith('stalled'))).toEqual([]);
    await pass(3_000, stepMs);
    expect(log.filter((one) => one.endsWith('stalled'))).toHaveLength(1);
  });

  test('packets that come in heaps are no silence', async () => {
    const { log, pass, setEvery } = await lively();
    setEvery(600);
    await pass(60_000);
    expect(log).toEqual([]);
  });
});

describe('no false alarm', () => {
  test.each([
    ['in a link where somebody speaks', 20],
    ['in a muted one, where silence is sent now and then', 400],
    ['in one where only levels are told', 1_000],
  ])('%s', async (_name, everyMs) => {
    const { log, pass } = watching(everyMs);
    await pass(600_000);
    expect(log).toEqual([]);
  });

  test('in a link without anything but connectivity checks, once that is what it is used to', async () => {
    const { log, pass } = watching(2_400);
    await pass(20_000);
    log.length = 0;
    await pass(600_000);
    expect(log).toEqual([]);
  });

  test('in a hidden tab, whose timers come once a second', async () => {
    const { log, pass } = watching(1_000);
    await pass(600_000, 1_000);
    expect(log).toEqual([]);
  });

  test('on a machine so busy that it looks every 7 s', async () => {
    const { log, pass, setEvery } = watching();
    await pass(10_000);
    setEvery(Infinity);
    await pass(14_000, 7_000);
    expect(log.filter((entry) => entry.endsWith('stalled'))).toEqual([]);
  });

  test('when a link that has just come back takes two seconds to send again', async () => {
    const { log, pass, setEvery } = watching();
    await pass(10_000);
    setEvery(Infinity);
    await pass(5_000);
    setEvery(50);
    await pass(700);
    log.length = 0;
    setEvery(Infinity);
    await pass(2_000);
    setEvery(50);
    await pass(5_000);
    expect(log).toEqual([]);
  });
});

test('a look that fails says nothing, and the next is taken', async () => {
  const { arriving, log, pass } = watching();
  await pass(10_000);
  arriving.broken = true;
  await pass(900);
  arriving.broken = false;
  await pass(10_000);
  expect(log).toEqual([]);
});
