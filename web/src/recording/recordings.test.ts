import { flushSync, mount, unmount } from 'svelte';
import { expect, it, vi } from 'vitest';
import { Call } from '../call/call.svelte.ts';
import { type Calling, callEachTime } from '../call/test/calling.ts';
import { view } from '../call/test/fakes.ts';
import { Recordings } from './recordings.svelte.ts';
import NewsWhile from './test/NewsWhile.svelte';

vi.mock('../call/level-meter.ts', () => import('../call/test/silent-level-meter.ts'));

let { connection, call } = {} as Calling;
callEachTime(vi.fn(), (calling) => ({ connection, call } = calling));

const sending = { microphone: true, camera: true };

function begin(at: Call) {
  const recordings = new Recordings(at);
  at.recordings = recordings;
  flushSync();
  return recordings;
}

/** What the server shows of oneself and of Ada. */
function shows(own: object, adas: object) {
  connection.events.emit('participants', [
    view('ada', { media: { ...sending, ...adas } }),
    view('self', { media: { ...sending, ...own } }),
  ]);
  flushSync();
}

it('R92 is told only when the server shows it, and says so until it is over', async () => {
  const recordings = begin(call);
  shows({}, {});
  let isTold = false;
  void recordings.announce('mine').then(() => (isTold = true));
  flushSync();
  expect(connection.setMedia).toHaveBeenLastCalledWith(
    expect.objectContaining({ recording: 'mine' }),
  );
  expect(call.isRecorded).toBe(true);
  await Promise.resolve();
  expect(isTold).toBe(false);
  shows({ recording: 'mine' }, {});
  await vi.waitFor(() => expect(isTold).toBe(true));
  void recordings.announce();
  expect(connection.setMedia.mock.lastCall?.[0]).not.toHaveProperty('recording');
});

it('R93 agrees to one recording, and is asked anew when its maker makes another', () => {
  const recordings = begin(call);
  shows({}, { recording: 'first' });
  expect(recordings.hasAgreed('first')).toBe(false);
  recordings.agree('first');
  expect(connection.setMedia).toHaveBeenLastCalledWith(
    expect.objectContaining({ consents: ['first'] }),
  );
  shows({}, { recording: 'first' });
  expect(recordings.hasAgreed('first')).toBe(true);
  shows({}, { recording: 'second' });
  expect([recordings.hasAgreed('first'), recordings.hasAgreed('second')]).toEqual([false, false]);
  expect(connection.setMedia.mock.lastCall?.[0]).not.toHaveProperty('consents');
});

it('R92 is told of a recording of its own after having been asked for that of somebody else', async () => {
  const news = mount(NewsWhile, { target: document.body, props: { call } });
  shows({}, { recording: 'hers' });
  call.recordings?.agree('hers');
  shows({}, {});
  expect(call.isRecorded).toBe(false);
  const told = vi.fn();
  void call.recordings?.announce('mine').then(told);
  flushSync();
  shows({ recording: 'mine' }, {});
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  await unmount(news);
});
