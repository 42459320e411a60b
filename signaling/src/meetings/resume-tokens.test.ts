import { expect, test } from 'vitest';
import { issueResume, rotateResume } from './resume-tokens.ts';

test('R8 nothing that opens a seat is kept', () => {
  const { token, kept } = issueResume();
  const next = rotateResume(kept, token, false);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(JSON.stringify([kept, next.kept])).not.toContain(token);
  expect(JSON.stringify(next.kept)).not.toContain(next.token);
});

test('R8 valid are the one issued last and the one shown last, and no other', () => {
  const first = issueResume();
  const second = rotateResume(first.kept, first.token, false);
  const third = rotateResume(second.kept, first.token, false);
  expect(() => rotateResume(third.kept, second.token, false)).toThrow('resume-invalid');
  expect(() => rotateResume(third.kept, undefined, false)).toThrow('resume-invalid');
  for (const { token } of [first, third]) rotateResume(third.kept, token, false);
});

test('R8 who needs none is not hindered by a wrong one, and its last reply may have been lost', () => {
  const first = issueResume();
  const second = rotateResume(first.kept, issueResume().token, true);
  expect(second.kept.wasShown).toBe(false);
  for (const { token } of [first, second])
    expect(rotateResume(second.kept, token, false).kept.wasShown).toBe(true);
});
