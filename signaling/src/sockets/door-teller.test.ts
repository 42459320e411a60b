import type { Notice, NoticeName } from '@confab/protocol';
import { beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import type { Meeting } from '../meetings/meeting.ts';
import type { MeetingServer } from './connection-state.ts';
import { DoorTeller } from './door-teller.ts';

type Waiting = Notice<'door:changed'>['waiting'];

let clock: FakeClock;
let waiting: Waiting;
let lengths: number[];
let meeting: Meeting;
let teller: DoorTeller;

beforeEach(() => {
  clock = new FakeClock();
  waiting = [];
  lengths = [];
  const emit = (name: NoticeName, notice: { waiting?: Waiting }) => {
    if (name === 'door:changed') lengths.push(notice.waiting?.length ?? 0);
  };
  meeting = {
    id: 'm',
    kept: () => Promise.resolve(),
    door: {
      get shown() {
        return { removed: [], waiting: [...waiting] };
      },
      denied: [],
      waiting: { moved: () => [] },
    },
  } as unknown as Meeting;
  teller = new DoorTeller({ to: () => ({ emit }) } as unknown as MeetingServer, clock);
});

const settled = () => new Promise((resolve) => setTimeout(resolve));

async function comes(hello = 'h') {
  waiting.push({ id: `${waiting.length}`, incarnation: 'i', hello });
  teller.changed(meeting);
  await settled();
}

async function passes(ms: number) {
  clock.advance(ms);
  await settled();
}

test('R71 hosts are told of the first at once, and of many who follow in one notice', async () => {
  for (let count = 0; count < 10; count++) await comes();
  expect(lengths).toEqual([1]);
  await passes(100);
  expect(lengths).toEqual([1, 10]);
  await passes(100);
  await comes();
  expect(lengths).toEqual([1, 10, 11]);
});

test('R71 of a door that is as it was nobody is told', async () => {
  await comes();
  for (let count = 0; count < 10; count++) {
    teller.changed(meeting);
    await passes(100);
  }
  expect(lengths).toEqual([1]);
});

test('R71 however much they send who wait, a host hears of no more than 64 KiB a second', async () => {
  for (let count = 0; count < 50; count++) await comes('A'.repeat(2_048));
  await passes(5_000);
  lengths.length = 0;
  for (let tenth = 0; tenth < 100; tenth++) {
    waiting[tenth % 50] = {
      id: `${tenth % 50}`,
      incarnation: `${tenth}`,
      hello: 'A'.repeat(2_048),
    };
    teller.changed(meeting);
    await passes(100);
  }
  // 105 KB each.
  expect(lengths.length).toBeGreaterThan(4);
  expect(lengths.length).toBeLessThan(8);
});
