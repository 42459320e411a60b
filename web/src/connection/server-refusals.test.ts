import type { RefusalCode } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { presence, seated } from './test/presence-with-server.ts';

describe('refusals that pass', () => {
  test.each<[RefusalCode, number]>([
    ['server-draining', 500],
    ['too-many-requests', 1_000],
    ['internal', 1_000],
    ['timeout', 1_000],
  ])('%s', async (code, ms) => {
    const { clock, log, connected } = await presence();
    await connected(code);
    expect(log).toEqual(['away', 'lost 1']);
    clock.advance(ms - 1);
    expect(log).toEqual(['away', 'lost 1']);
    clock.advance(1);
    expect(log).toEqual(['away', 'lost 1', 'reconnect', 'away', 'lost 1']);
    await connected();
    expect(log).toEqual(seated);
    clock.advance(60_000);
    expect(log).not.toContain('reconnect');
  });
});

describe('refusals for good', () => {
  test.each<RefusalCode>([
    'meeting-not-found',
    'token-invalid',
    'meeting-full',
    'meeting-ended',
    'token-expired',
    'resume-invalid',
    'forbidden',
    'origin-refused',
  ])('%s', async (code) => {
    const { clock, events, log, connected } = await presence();
    await connected(code);
    expect(log).toEqual(['close', code]);
    events.emit('trying', null);
    clock.advance(600_000);
    expect(log).toEqual(['close', code]);
  });

  test.each<RefusalCode>(['meeting-ended', 'token-invalid', 'resume-invalid'])(
    '%s, also for those who are in it',
    async (code) => {
      const { log, connected } = await presence();
      await connected();
      await connected(code);
      expect(log).toEqual(['close', code]);
    },
  );
});

test('R35 a server that forgot the meeting does not end it for those who are in it', async () => {
  const { clock, log, connected } = await presence();
  await connected();
  await connected('meeting-not-found');
  expect(log).toEqual(['away', 'lost 1 forgotten']);
  clock.advance(1_000);
  expect(log.slice(2)).toEqual(['reconnect', 'away', 'lost 1 forgotten']);
  await connected();
  expect(log).toEqual(seated);
});
