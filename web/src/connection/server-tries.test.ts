import { expect, test } from 'vitest';
import { type TriesManager, ServerTries } from './server-tries.ts';

function trying() {
  const listeners = new Map<string, (error: Error) => void>();
  const pauses: number[] = [];
  const log: string[] = [];
  const manager: TriesManager = {
    opts: { transports: ['websocket', 'polling'] },
    reconnectionDelayMax: (ms) => pauses.push(ms),
    on: (event, listener) => listeners.set(event, listener),
  };
  const tries = new ServerTries(manager, ['websocket', 'polling'], {
    onTry: () => log.push('try'),
    onMiss: () => log.push('miss'),
    tryOn: () => log.push('on'),
  });
  const happens = (event: string, message = '') => listeners.get(event)?.(new Error(message));
  return { tries, manager, pauses, log, happens };
}

test('every try of the library is told', () => {
  const { log, happens } = trying();
  happens('reconnect_attempt');
  happens('reconnect_attempt');
  expect(log).toEqual(['try', 'try']);
});

test('who is turned down waits up to 0.75 s, who got no answer has waited already', () => {
  const { pauses, happens } = trying();
  happens('error', 'websocket error');
  happens('error', 'timeout');
  expect(pauses).toEqual([750, 400]);
});

test('a try that came to nothing is told, the end of a connection that stood is none', () => {
  const { log, happens } = trying();
  happens('error', 'xhr poll error');
  happens('open');
  happens('error', 'transport error');
  expect(log).toEqual(['miss']);
});

test('when a round of tries is over another begins at once, with longer pauses, until the server is there', () => {
  const { pauses, log, happens } = trying();
  for (let round = 0; round < 3; round++) {
    happens('reconnect_failed');
    expect(log.splice(0)).toEqual(['try', 'on']);
    happens('error', 'xhr poll error');
    log.pop();
  }
  happens('reconnect');
  happens('error', 'xhr poll error');
  expect(pauses).toEqual([2_000, 5_000, 5_000, 750]);
});

test('a failed try decides how the next is made, a loss does not', () => {
  const { tries, manager, happens } = trying();
  happens('error', 'websocket error');
  expect(manager.opts.transports).toEqual(['polling', 'websocket']);
  happens('open');
  tries.succeeded();
  happens('error', 'transport error');
  expect(manager.opts.transports).toEqual(['websocket', 'polling']);
  happens('close');
  happens('error', 'websocket error');
  expect(manager.opts.transports).toEqual(['polling', 'websocket']);
});
