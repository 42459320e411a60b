import { expect, test } from 'vitest';
import { ManualClock } from './test/manual-clock.ts';
import { type FreshToken, TokenKeeper } from './token-keeper.ts';

function keeping(answers: (FreshToken | null)[], tokenLifetime = 600, iceLifetime?: number) {
  const clock = new ManualClock();
  const asked: number[] = [];
  const kept: string[] = [];
  const keeper = new TokenKeeper(
    clock,
    { token: 'first', tokenLifetime, iceLifetime },
    () => {
      asked.push(clock.now() / 1_000);
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new Error('no'));
    },
    (token) => kept.push(token),
  );
  const pass = async (seconds: number) => {
    clock.advance(seconds * 1_000);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { keeper, asked, kept, pass };
}

test('R6 a token is renewed at half its life', async () => {
  const { keeper, asked, kept, pass } = keeping([{ token: 'second', tokenLifetime: 100 }]);
  await pass(299);
  expect(asked).toEqual([]);
  await pass(1);
  expect(asked).toEqual([300]);
  expect(keeper.token).toBe('second');
  await pass(50);
  expect(asked).toEqual([300, 350]);
  expect(kept).toEqual(['second']);
});

test('a long-lived one after five minutes, because TURN credentials come with it', async () => {
  const { asked, pass } = keeping([], 3_600);
  await pass(299);
  expect(asked).toEqual([]);
  await pass(1);
  expect(asked).toEqual([300]);
});

test('R51 a TURN credential is renewed at half its life, and without an answer asked for as soon again', async () => {
  const second = { token: 'second', tokenLifetime: 600, iceLifetime: 10 };
  const { asked, pass } = keeping([null, second], 3_600, 30);
  for (let elapsed = 0; elapsed < 39; elapsed++) await pass(1);
  expect(asked).toEqual([15, 30, 35]);
});

test('whoever cannot wait has it renewed at once', async () => {
  const { keeper, asked, kept, pass } = keeping([{ token: 'now', tokenLifetime: 600 }]);
  await keeper.renew();
  expect([asked, kept]).toEqual([[0], ['now']]);
  await pass(299);
  expect(asked).toEqual([0]);
});

test('without an answer it is asked for again', async () => {
  const { keeper, asked, pass } = keeping([null, null, { token: 'late', tokenLifetime: 600 }]);
  await pass(300);
  await pass(20);
  await pass(20);
  expect(asked).toEqual([300, 320, 340]);
  expect(keeper.token).toBe('late');
});

test('nothing is asked after the end', async () => {
  const { keeper, asked, kept, pass } = keeping([]);
  keeper.close();
  keeper.keep({ token: 'x', tokenLifetime: 10 });
  await pass(1_000);
  expect([asked, kept]).toEqual([[], []]);
});
