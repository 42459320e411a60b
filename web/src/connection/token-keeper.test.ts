import { expect, test } from 'vitest';
import { ManualClock } from './test/manual-clock.ts';
import { type FreshToken, TokenKeeper } from './token-keeper.ts';

function keeping(answers: (FreshToken | null)[]) {
  const clock = new ManualClock();
  const asked: number[] = [];
  const keeper = new TokenKeeper(clock, { token: 'first', tokenLifetime: 600 }, () => {
    asked.push(clock.now() / 1_000);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new Error('no'));
  });
  const pass = async (seconds: number) => {
    clock.advance(seconds * 1_000);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { keeper, asked, pass };
}

test('R6 a token is renewed at half its life', async () => {
  const { keeper, asked, pass } = keeping([{ token: 'second', tokenLifetime: 100 }]);
  await pass(299);
  expect(asked).toEqual([]);
  await pass(1);
  expect(asked).toEqual([300]);
  expect(keeper.token).toBe('second');
  await pass(50);
  expect(asked).toEqual([300, 350]);
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
  const { keeper, asked, pass } = keeping([]);
  keeper.close();
  keeper.keep({ token: 'x', tokenLifetime: 10 });
  await pass(1_000);
  expect(asked).toEqual([]);
});
