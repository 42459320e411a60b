import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function logged(fields: object): string {
  let text = '';
  createLog('debug', { write: (line: string) => void (text += line) }).info('something', fields);
  return text;
}

test('what is not on the list is not written, whatever its type says', () => {
  const text = logged({
    meetingId: 'm1',
    token: 'canary',
    name: 'canary',
    headers: { cookie: 'canary' },
    reason: 'with canary and spaces',
  });
  expect(text).not.toContain('canary');
  expect(JSON.parse(text)).toMatchObject({ msg: 'something', meetingId: 'm1' });
});

test('a fault is written by kind and place, without its message', () => {
  const text = logged({ fault: new TypeError('canary\n    at canary in a second line') });
  expect(text).not.toContain('canary');
  expect(JSON.parse(text)).toMatchObject({ fault: 'TypeError' });
  expect(text).toContain('log.test.ts');
  expect(logged({ fault: 'canary' })).not.toContain('canary');
});
