import { Refusal, type RefusalCode } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { type Admission, Unreachable } from './meetings-api.ts';
import { Readmission } from './readmission.ts';
import { ManualClock } from './test/manual-clock.ts';

const admission: Admission = {
  token: 'token',
  participantId: 'id',
  role: 'participant',
  tokenLifetime: 60,
};

/** Asks for a seat and gets these answers, the last one again and again. */
function asking(...answers: (Admission | Error)[]) {
  const clock = new ManualClock();
  const log: string[] = [];
  const readmission = new Readmission(
    clock,
    () => {
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? admission;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    {
      onTry: ({ attempt, forgotten }) => log.push(`try ${attempt}${forgotten ? ' forgotten' : ''}`),
      onAdmitted: ({ token }) => log.push(token),
      onRefused: (code) => log.push(code),
    },
  );
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      clock.advance(1_000);
    }
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { readmission, clock, log, pass };
}

test('a seat is asked for at once', async () => {
  const { readmission, clock, log, pass } = asking(admission);
  readmission.seek(true);
  await pass(0);
  expect(log).toEqual(['try 1', 'token']);
  expect(clock.next).toBe(Infinity);
});

test.each<Error>([
  new Unreachable(),
  new Refusal('server-draining'),
  new Refusal('too-many-requests'),
  new Refusal('internal'),
  new Refusal('timeout'),
])('while it cannot be had it is asked for again: %s', async (error) => {
  const { readmission, log, pass } = asking(error, error, admission);
  readmission.seek(false);
  await pass(20);
  expect(log).toEqual(['try 1', 'try 2', 'try 3', 'token']);
});

test('R35 a server that has forgotten the meeting is asked without end by those who were in it', async () => {
  const { readmission, log, pass } = asking(new Refusal('meeting-not-found'));
  readmission.seek(true);
  await pass(600);
  expect(log.slice(0, 3)).toEqual(['try 1', 'try 2 forgotten', 'try 3 forgotten']);
  expect(log.length).toBeGreaterThan(30);
  expect(log.every((one) => one.startsWith('try'))).toBe(true);
});

describe('refusals for good', () => {
  test.each<[RefusalCode, boolean]>([
    ['meeting-not-found', false],
    ['meeting-full', false],
    ['meeting-ended', true],
    ['passcode-required', true],
    ['forbidden', true],
    ['token-expired', true],
  ])('%s', async (code, wasSeated) => {
    const { readmission, clock, log, pass } = asking(new Refusal(code));
    readmission.seek(wasSeated);
    await pass(60);
    expect(log).toEqual(['try 1', code]);
    expect(clock.next).toBe(Infinity);
  });

  test('a meeting that stays full when the seats from before are gone', async () => {
    const { readmission, log, pass } = asking(new Refusal('meeting-full'));
    readmission.seek(true);
    await pass(20);
    expect(log.at(-1)).not.toBe('meeting-full');
    await pass(60);
    expect(log.slice(-2)).toEqual(['try 6', 'meeting-full']);
  });
});

test('who hurries asks at once, and not twice at the same time', async () => {
  const { readmission, log, pass } = asking(new Unreachable());
  readmission.hurry();
  expect(log).toEqual([]);
  readmission.seek(true);
  readmission.hurry();
  expect(log).toEqual(['try 1']);
  await pass(0);
  readmission.hurry();
  readmission.hurry();
  expect(log).toEqual(['try 1', 'try 2']);
});

test('nothing is asked, and no answer counts, after the end', async () => {
  const { readmission, log, pass } = asking(admission);
  readmission.seek(true);
  readmission.stop();
  await pass(60);
  expect(log).toEqual(['try 1']);
});
