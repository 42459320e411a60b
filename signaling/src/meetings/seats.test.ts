import { expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import type { Loss } from './lease-times.ts';
import type { MeetingStore } from './meeting-store.ts';
import { issueResume } from './resume-tokens.ts';
import { Seats } from './seats.ts';

const nothing = () => undefined;
const media = { microphone: true, camera: true };

function people(...names: string[]) {
  const clock = new FakeClock();
  const store = { keep: nothing, keepLazily: nothing } as unknown as MeetingStore;
  const told = { onChange: nothing, onGone: nothing, onEmpty: nothing };
  const seats = new Seats('meeting', 0, { clock, store, ...told });
  const seatOf = (id: string) =>
    seats.find(id) ??
    seats.add({
      ...{ id, role: 'participant', via: [], network: null, incarnation: id, hello: '' },
      ...{ media, resume: issueResume().kept, connection: null },
    });
  const come = (id: string) => seats.occupy(seatOf(id), { media, incarnation: id, connection: id });
  const lose = (id: string, loss: Loss) => seats.vacate(seatOf(id), loss);
  for (const name of names) come(name);
  return { clock, come, lose, shown: () => seats.shown.map(({ id }) => id), seats };
}

test('R9 silence is noticed up to 9 s late: who was noticed before the others was lost with them', () => {
  const { clock, come, lose, shown } = people('ada', 'bo', 'cy');
  lose('ada', 'silence');
  clock.advance(2_000);
  lose('bo', 'silence');
  clock.advance(3_000);
  lose('cy', 'silence');
  clock.advance(30_000);
  expect(shown()).toEqual([]);
  come('bo');
  expect(shown()).toEqual(['ada', 'bo', 'cy']);
});

test('R9 who was gone while others were there is not shown again by a loss of those', () => {
  const { clock, come, lose, shown, seats } = people('ada', 'bo', 'cy');
  lose('ada', 'closed');
  clock.advance(6_100);
  lose('bo', 'closed');
  lose('cy', 'closed');
  come('bo');
  expect(shown()).toEqual(['bo', 'cy']);
  clock.advance(38_000);
  expect(seats.find('ada')?.shown).toBe(false);
  clock.advance(1_000);
  expect(seats.find('ada')).toBeUndefined();
});

test('R9 whoever was alone has 45 s as ever', () => {
  const { clock, lose, seats } = people('ada');
  lose('ada', 'closed');
  clock.advance(44_900);
  expect(seats.size).toBe(1);
  clock.advance(200);
  expect(seats.size).toBe(0);
});
