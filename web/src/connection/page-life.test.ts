// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { watchPageLife } from './page-life.ts';
import { ManualClock } from './test/manual-clock.ts';

function watching() {
  const log: string[] = [];
  const stop = watchPageLife(new ManualClock(), {
    onHide: () => log.push('hide'),
    onLook: () => log.push('look'),
    onDoubt: () => log.push('doubt'),
  });
  const show = (persisted: boolean) =>
    dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
  return { log, stop, show };
}

test('a page that is put aside and taken up again doubts all that stood', () => {
  const { log, stop, show } = watching();
  dispatchEvent(new Event('pagehide'));
  show(true);
  expect(log).toEqual(['hide', 'doubt']);
  stop();
});

test('a page that is only loaded does not', () => {
  const { log, stop, show } = watching();
  show(false);
  expect(log).toEqual([]);
  stop();
});

test('a network that is back is reason for doubt', () => {
  const { log, stop } = watching();
  dispatchEvent(new Event('online'));
  expect(log).toEqual(['doubt']);
  stop();
});

test('a page that is looked at again is in a hurry, one that is looked away from is not', () => {
  const { log, stop } = watching();
  const visibility = vi.spyOn(document, 'visibilityState', 'get');
  visibility.mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(log).toEqual([]);
  visibility.mockReturnValue('visible');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(log).toEqual(['look']);
  visibility.mockRestore();
  stop();
});

test('nothing is told after the end', () => {
  const { log, stop, show } = watching();
  stop();
  dispatchEvent(new Event('pagehide'));
  dispatchEvent(new Event('online'));
  document.dispatchEvent(new Event('visibilitychange'));
  show(true);
  expect(log).toEqual([]);
});
