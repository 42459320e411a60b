import { expect, test } from 'vitest';
import { StandingsTeller } from './standings-teller.ts';
import { ManualClock } from './test/manual-clock.ts';

function teller() {
  const clock = new ManualClock();
  const told: string[] = [];
  let isOpen = true;
  const telling = new StandingsTeller(clock, (to) => {
    if (isOpen) told.push(`${to} ${clock.now()}`);
    return isOpen;
  });
  const setOpen = (open: boolean) => (isOpen = open);
  return { telling, clock, told, setOpen };
}

test('R40 whoever’s link begins to work is told at once, the others are not', () => {
  const { telling, clock, told } = teller();
  telling.add('a');
  clock.advance(5_000);
  telling.add('b');
  clock.advance(5_000);
  expect(told).toEqual(['a 0', 'b 5000']);
  expect(clock.next).toBe(Infinity);
});

test('R40 changes are told at once, and at most twice a second', () => {
  const { telling, clock, told } = teller();
  telling.add('a');
  clock.advance(1_000);
  told.length = 0;
  for (let times = 0; times < 20; times++) {
    telling.changed();
    clock.advance(100);
  }
  clock.advance(5_000);
  expect(told).toEqual(['a 1000', 'a 1500', 'a 2000', 'a 2500', 'a 3000']);
});

test('what did not get through is told again', () => {
  const { telling, clock, told, setOpen } = teller();
  setOpen(false);
  telling.add('a');
  clock.advance(1_200);
  setOpen(true);
  clock.advance(1_000);
  expect(told).toEqual(['a 1500']);
});

test('whoever’s channel is closed is told nothing more', () => {
  const { telling, clock, told } = teller();
  telling.add('a');
  telling.changed();
  telling.remove('a');
  telling.changed();
  clock.advance(5_000);
  expect(told).toEqual(['a 0']);
});
