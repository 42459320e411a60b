import { expect, test } from 'vitest';
import { MediaAnnouncer } from './media-announcer.ts';
import { ManualClock } from './test/manual-clock.ts';

const on = { microphone: true, camera: true };
const muted = { microphone: false, camera: true };

function announcing() {
  const clock = new ManualClock();
  const told: string[] = [];
  let answer: () => Promise<unknown> = () => Promise.resolve();
  const announcer = new MediaAnnouncer(clock, on, (media) => {
    told.push(media.microphone ? 'on' : 'muted');
    return answer();
  });
  const settle = async (ms = 0) => {
    clock.advance(ms);
    for (let turn = 0; turn < 4; turn++) await Promise.resolve();
  };
  return { announcer, told, settle, answerWith: (next: () => Promise<unknown>) => (answer = next) };
}

test('nothing is told that the join has said', async () => {
  const { announcer, told, settle } = announcing();
  announcer.joinedWith(on);
  await settle();
  expect(told).toEqual([]);
});

test('a change is told once', async () => {
  const { announcer, told, settle } = announcing();
  announcer.joinedWith(on);
  announcer.announce(muted);
  await settle(60_000);
  expect(told).toEqual(['muted']);
});

test('of changes during a request only the last is told', async () => {
  const { announcer, told, settle } = announcing();
  announcer.joinedWith(on);
  for (const media of [muted, on, muted, on, muted, on]) announcer.announce(media);
  await settle();
  expect(told).toEqual(['muted', 'on']);
});

test('what was refused is told again', async () => {
  const { announcer, told, settle, answerWith } = announcing();
  announcer.joinedWith(on);
  answerWith(() => Promise.reject(new Error('too many')));
  announcer.announce(muted);
  await settle();
  answerWith(() => Promise.resolve());
  await settle(1_000);
  await settle(60_000);
  expect(told).toEqual(['muted', 'muted']);
});

test('a change while there is no server is told after the next join', async () => {
  const { announcer, told, settle } = announcing();
  announcer.joinedWith(on);
  announcer.pause();
  announcer.announce(muted);
  await settle(60_000);
  expect(told).toEqual([]);
  announcer.joinedWith(on);
  await settle();
  expect(told).toEqual(['muted']);
});

test('R55 a shared screen is a change, and none spelled out is none', async () => {
  const { announcer, told, settle } = announcing();
  announcer.joinedWith(on);
  announcer.announce({ ...on, screen: false });
  await settle();
  expect(told).toEqual([]);
  announcer.announce({ ...on, screen: true });
  await settle();
  expect(told).toEqual(['on']);
});
