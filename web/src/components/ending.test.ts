import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Ending, type Losses, SECOND_THOUGHT_MS } from './ending.svelte.ts';

const nothing: Losses = { schedule: false, invitations: 0 };
const end = vi.fn(() => Promise.resolve());

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  end.mockReset().mockResolvedValue();
});

const invited: Losses = { schedule: false, invitations: 2 };

const endingThatLoses = (losses: Losses) =>
  new Ending({ look: () => Promise.resolve(losses), end });

it.each([nothing, invited])('R69 one click ends a meeting, a moment later (%j)', async (losses) => {
  const ending = endingThatLoses(losses);
  await ending.begin();
  expect([ending.state, end.mock.calls.length]).toEqual(['soon', 0]);
  await ending.begin();
  vi.advanceTimersByTime(SECOND_THOUGHT_MS);
  expect([ending.state, end.mock.calls.length]).toEqual(['ending', 1]);
});

it('a meeting goes on whose end is called off in that moment, or while it is looked what would be lost', async () => {
  const ending = endingThatLoses(nothing);
  await ending.begin();
  ending.callOff();
  const begun = ending.begin();
  expect(ending.state).toBe('looking');
  ending.callOff();
  await begun;
  expect(ending.state).toBe('none');
  vi.runAllTimers();
  expect(end).not.toHaveBeenCalled();
});

it('R69 it is ended at once by whoever says so', async () => {
  const ending = endingThatLoses(nothing);
  await ending.begin();
  await ending.end();
  vi.runAllTimers();
  expect(end).toHaveBeenCalledOnce();
});

it.each<[string, () => Promise<Losses>]>([
  ['coming times', () => Promise.resolve({ schedule: true, invitations: 0 })],
  ['nobody knows what', () => Promise.reject(new Error('no answer'))],
  ['nobody says what', () => new Promise<never>(() => undefined)],
])(
  'where more would be lost (%s) it is asked first, for as long as it takes',
  async (_what, look) => {
    const ending = new Ending({ look, end });
    void ending.begin();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ending.state).toBe('asking');
    vi.runAllTimers();
    expect(end).not.toHaveBeenCalled();
    await ending.end();
    expect(end).toHaveBeenCalledOnce();
  },
);

it('says so where the server does not end it, and can be asked again', async () => {
  end.mockRejectedValueOnce(new Error('no answer'));
  const ending = endingThatLoses(nothing);
  await ending.begin();
  await ending.end();
  expect([ending.state, ending.fault]).toEqual(['none', expect.stringMatching(/\w/)]);
  await ending.begin();
  expect([ending.state, ending.fault]).toEqual(['soon', '']);
});
