import { Refusal } from '@confab/protocol';
import type { RefusalCode } from '@confab/protocol';
import { expect, test, vi } from 'vitest';
import type { Described, MeetingCalls } from '../meetings/meeting-calls.ts';
import { outsidersAlike } from './outsiders-alike.ts';

const description = { passcode: false, waitingRoom: false, recorded: false };
const open: Described = { state: 'open', closed: false, description };
const closed: Described = { ...open, closed: true };
const seat = { token: 't', participantId: 'p', role: 'participant', tokenLifetime: 1 } as const;

/** What each of the three calls is answered by the meeting; a code is a refusal. */
type Answers = { described?: Described; admission?: RefusalCode; mayTry?: boolean };

/** What is heard of each of the three calls, and after how many milliseconds, where the meeting answers after `delay`. */
async function heard(
  { described = open, admission, mayTry = true }: Answers,
  { delay = 0, probe = () => Promise.resolve() } = {},
) {
  vi.useFakeTimers();
  const later = () => new Promise((resolve) => setTimeout(resolve, delay));
  const calls: MeetingCalls = {
    describe: () => later().then(() => described),
    admit: () =>
      later().then(() => {
        if (admission !== undefined) throw new Refusal(admission);
        return seat;
      }),
    mayTryRelay: () => later().then(() => mayTry),
    asHost: () => Promise.resolve({}),
  };
  const alike = outsidersAlike(calls, probe);
  const since = performance.now();
  const timed = async (call: Promise<unknown>) => {
    const said = await call.catch((fault: unknown) => (fault as Error).message);
    return [said, performance.now() - since];
  };
  const all = Promise.all([
    timed(alike.describe('m')),
    timed(alike.admit('m', { proof: 'x' }, 'n')),
    timed(alike.mayTryRelay('m', 'x', 'n')),
  ]);
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  return all;
}

test('R4 who is let in, or proves the link and is told why not, waits for nothing', async () => {
  expect(await heard({})).toEqual([
    [open, 0],
    [seat, 0],
    [true, 0],
  ]);
  for (const admission of ['meeting-ended', 'meeting-locked', 'passcode-wrong'] as const)
    expect((await heard({ admission }))[1]).toEqual([admission, 0]);
});

test.each([0, 1, 30, 49])(
  'R4 a refusal to outsiders takes the same time after %i ms elsewhere',
  async (delay) => {
    const admission = 'meeting-not-found';
    for (const described of [closed, { state: 'ended' }, { state: 'unknown' }] as Described[])
      expect(await heard({ described, admission, mayTry: false }, { delay })).toEqual([
        [described, 50],
        [admission, 50],
        [false, 50],
      ]);
    const [, failed] = await heard({ admission: 'internal' }, { delay });
    expect(failed).toEqual(['internal', 50]);
  },
);

test('R4 R54 outsiders hear nothing of a meeting that is here while nobody can be asked of others', async () => {
  const probe = () => Promise.reject(new Refusal('internal'));
  const refusing = { described: closed, admission: 'meeting-not-found', mayTry: false } as const;
  expect(await heard(refusing, { probe })).toEqual([
    ['internal', 50],
    ['internal', 50],
    [false, 50],
  ]);
  expect(await heard({}, { probe })).toEqual([
    [open, 0],
    [seat, 0],
    [true, 0],
  ]);
});
