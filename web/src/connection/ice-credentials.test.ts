import { expect, test } from 'vitest';
import { IceCredentials } from './ice-credentials.ts';
import { ManualClock } from './test/manual-clock.ts';

const answer = (urls: string, iceLifetime?: number) => ({
  iceServers: [{ urls: [urls], username: undefined }],
  iceLifetime,
});

function credentials() {
  const clock = new ManualClock();
  const wall = { now: 0 };
  let renewals = 0;
  let tell: (() => void) | null = null;
  const kept: IceCredentials = new IceCredentials(
    clock,
    () => {
      renewals += 1;
      return new Promise((done) => (tell = done));
    },
    () => wall.now,
  );
  const answering = (urls: string) => {
    kept.keep(answer(urls, 100));
    tell?.();
  };
  return { clock, wall, kept, answering, renewals: () => renewals };
}

test('a young credential is used as it is', async () => {
  const { clock, kept, renewals } = credentials();
  kept.keep(answer('turn:first', 100));
  clock.advance(74_999);
  expect(await kept.ready()).toEqual([{ urls: ['turn:first'] }]);
  expect(renewals()).toBe(0);
});

test('R51 from three quarters of its life on a restart waits for another, one for all links', async () => {
  const { clock, kept, answering, renewals } = credentials();
  kept.keep(answer('turn:first', 100));
  clock.advance(75_000);
  const restarts = [kept.ready(), kept.ready()];
  answering('turn:second');
  for (const restart of restarts) expect(await restart).toEqual([{ urls: ['turn:second'] }]);
  expect(renewals()).toBe(1);
  expect(await kept.ready()).toEqual([{ urls: ['turn:second'] }]);
});

test('a machine that slept has an old one, whatever the page’s clock says', async () => {
  const { wall, kept, answering, renewals } = credentials();
  kept.keep(answer('turn:first', 100));
  wall.now = 3_600_000;
  const restart = kept.ready();
  answering('turn:second');
  expect(await restart).toEqual([{ urls: ['turn:second'] }]);
  expect(renewals()).toBe(1);
});

test('where no answer comes, the restart goes ahead with what there is', async () => {
  const { clock, kept } = credentials();
  kept.keep(answer('turn:first', 100));
  clock.advance(80_000);
  const restart = kept.ready();
  clock.advance(1_500);
  expect(await restart).toEqual([{ urls: ['turn:first'] }]);
});

test('without a credential nothing grows old', async () => {
  const { clock, kept, renewals } = credentials();
  kept.keep(answer('stun:a'));
  clock.advance(10 ** 9);
  expect(await kept.ready()).toEqual([{ urls: ['stun:a'] }]);
  expect(renewals()).toBe(0);
});
