import { expect, test } from 'vitest';
import { Asking } from './asking.svelte.ts';

test('what is asked is under way until it is answered, and then said to be done', async () => {
  const asking = new Asking();
  asking.refuse('That does not make sense.');
  let answer: () => void = () => undefined;
  const answered = asking.ask(() => new Promise<void>((resolve) => (answer = resolve)), 'Done.');
  expect([asking.isBusy, asking.fault, asking.done]).toEqual([true, '', '']);
  answer();
  expect(await answered).toBe(true);
  expect([asking.isBusy, asking.fault, asking.done]).toEqual([false, '', 'Done.']);
});

test('what the server cannot be asked has not happened, and can be asked again', async () => {
  const asking = new Asking();
  expect(await asking.ask(() => Promise.reject(new Error('unreachable')), 'Done.')).toBe(false);
  expect([asking.isBusy, asking.done]).toEqual([false, '']);
  expect(asking.fault).toMatch(/Nothing has changed/);
  await asking.ask(() => Promise.resolve());
  expect(asking.fault).toBe('');
});
