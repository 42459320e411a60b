import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { Memory } from '../src/store/memory.ts';
import type { Change } from '../src/store/medium.ts';
import { closedOnes } from './closed-meetings.ts';
import { askAdmission, startTestServer } from './test-server.ts';

/** What was done that takes time: hashes, comparisons, writes. */
const work = vi.hoisted((): string[] => []);

vi.mock('node:crypto', async (original) => {
  const real = await original<typeof import('node:crypto')>();
  const noted = <Act extends (...args: never[]) => unknown>(name: string, act: Act) =>
    ((...args: never[]) => {
      work.push(name);
      return act(...args);
    }) as unknown as Act;
  const { createHash, createHmac, timingSafeEqual, scrypt } = real;
  return {
    ...real,
    createHash: noted('createHash', createHash),
    createHmac: noted('createHmac', createHmac),
    timingSafeEqual: noted('timingSafeEqual', timingSafeEqual),
    scrypt: noted('scrypt', scrypt),
  };
});

class NotedMemory extends Memory {
  override write(changes: Change[]): Promise<void> {
    work.push('write');
    return super.write(changes);
  }
}

test('R4 R48 R71 the server does the same work for an outsider, whatever has become of the meeting', async () => {
  const { url } = await startTestServer({}, { medium: new NotedMemory() });
  const meetings = await closedOnes(url);
  const { hostToken } = meetings.open;
  for (const more of [{}, { passcode: 'wrong' }, { invitation: hostToken }]) {
    const done: Record<string, string[]> = {};
    for (const [kind, meeting] of Object.entries(meetings)) {
      const wrong = { ...more, proof: randomBytes(32).toString('base64url') };
      await askAdmission(meeting, wrong);
      work.length = 0;
      expect((await askAdmission(meeting, wrong)).status).toBe(404);
      done[kind] = [...work];
    }
    expect(done.unknown).toEqual(['createHash', 'timingSafeEqual']);
    for (const kind of Object.keys(meetings)) expect(done[kind], kind).toEqual(done.unknown);
  }
});
