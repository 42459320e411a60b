import { Refusal } from '@confab/protocol';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { LocalMedia } from '../call/local-media.svelte.ts';
import { Preferences } from '../call/preferences.ts';
import { fakeConnection, view } from '../call/test/fakes.ts';
import Connections from './Connections.svelte';

let connection: ReturnType<typeof fakeConnection>;
let call: Call;
let shown: object | null = null;

/** A connection's statistics; Firefox has no entry for the transport, and older ones no time of the pair. */
function report(ends: string, measured: { pair?: number; rtcp?: number }, isFirefox = false) {
  return new Map<string, object>([
    ['T', isFirefox ? {} : { type: 'transport', selectedCandidatePairId: 'pair' }],
    ['other', { type: 'candidate-pair', localCandidateId: 'l', currentRoundTripTime: 9 }],
    [
      'pair',
      {
        ...{ type: 'candidate-pair', localCandidateId: 'l', selected: isFirefox },
        ...(measured.pair !== undefined && { currentRoundTripTime: measured.pair }),
      },
    ],
    ['l', { type: 'local-candidate', candidateType: ends }],
    ...(measured.rtcp === undefined
      ? []
      : [['in', { type: 'remote-inbound-rtp', roundTripTime: measured.rtcp }] as const]),
  ]);
}

const reports: Record<string, Map<string, object>> = {
  ada: report('host', { pair: 0.0244 }),
  bo: report('relay', { rtcp: 0.131 }, true),
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  document.body.replaceChildren();
  connection = fakeConnection();
  connection.stats.mockImplementation(async (id) => {
    // Whoever comes first is looked at longest.
    for (let turn = 0; id === 'ada' && turn < 9; turn++) await Promise.resolve();
    return reports[id] ?? null;
  });
  call = new Call(connection, new LocalMedia(new Preferences()), vi.fn());
  const names = { self: 'Me', ada: 'Ada', bo: 'Bo', cy: 'Cy' };
  connection.events.emit(
    'participants',
    Object.entries(names).map(([id, name]) => view(id, { name, isSelf: id === 'self' })),
  );
  connection.events.emit('standings', {
    from: 'self',
    links: [
      { to: 'ada', standing: 'ok' },
      { to: 'bo', standing: 'weak' },
      { to: 'cy', standing: 'lost' },
    ],
  });
});
afterEach(async () => {
  if (shown) await unmount(shown);
  shown = null;
  call.close();
  vi.useRealTimers();
});

async function show() {
  shown = mount(Connections, { target: document.body, props: { call } });
  await vi.advanceTimersByTimeAsync(0);
  flushSync();
}

const list = () =>
  [...document.querySelectorAll('section > ul:last-child li')].map((item) =>
    item.textContent.replace(/\s+/g, ' ').trim(),
  );

it('R114 how long the server and each of the others take to answer is shown, and which way it goes', async () => {
  connection.command.mockImplementation(async () => {
    await vi.advanceTimersByTimeAsync(12);
  });
  await show();
  await vi.advanceTimersByTimeAsync(100);
  flushSync();
  expect(list()).toEqual(['Server 12 ms', 'Ada 24 ms', 'Bo 131 ms, relayed']);
  expect(connection.command).toHaveBeenCalledExactlyOnceWith('links:report', {
    direct: 1,
    relayed: 1,
  });
  expect(connection.stats).not.toHaveBeenCalledWith('cy');
});

it('is measured anew every four seconds, and no longer than somebody looks', async () => {
  await show();
  await vi.advanceTimersByTimeAsync(8_000);
  expect(connection.command).toHaveBeenCalledTimes(3);
  // Whoever comes or goes is no reason to ask at once.
  connection.events.emit('participants', [view('self'), view('ada', { name: 'Ada' })]);
  flushSync();
  expect(connection.command).toHaveBeenCalledTimes(3);
  if (shown) await unmount(shown);
  shown = null;
  await vi.advanceTimersByTimeAsync(20_000);
  expect(connection.command).toHaveBeenCalledTimes(3);
});

it('a server that does not answer has no time, and one that was asked too often has', async () => {
  connection.command.mockRejectedValueOnce(new Refusal('timeout'));
  await show();
  expect(list()).toEqual(['Ada 24 ms', 'Bo 131 ms, relayed']);
  connection.command.mockRejectedValueOnce(new Refusal('too-many-requests'));
  await vi.advanceTimersByTimeAsync(4_000);
  flushSync();
  expect(list()[0]).toBe('Server 1 ms');
});
