import { expect, it } from 'vitest';
import { troubleBeforehand, troubleOf } from './media-trouble.ts';

it.each([
  ['NotAllowedError', 'denied'],
  ['NotReadableError', 'in-use'],
  ['AbortError', 'in-use'],
  ['NotFoundError', 'none'],
  ['OverconstrainedError', 'none'],
  ['SecurityError', 'insecure'],
  // A browser without a window, for instance, that nobody can be asked in.
  ['NotSupportedError', 'failed'],
  ['InvalidStateError', 'failed'],
])('%s is told as %s', (name, trouble) => {
  expect(troubleOf(new DOMException('', name))).toBe(trouble);
});

it.each([['a string'], [undefined], [{ name: 'NotAllowedError' }]])(
  'what is no error (%s) is told as failed',
  (thrown) => {
    expect(troubleOf(thrown)).toBe('failed');
  },
);

const mediaDevices = { getUserMedia: () => Promise.reject(new Error()) } as unknown as MediaDevices;

it('a page without HTTPS is told apart from a browser without capture', () => {
  expect(troubleBeforehand({ isSecureContext: false, navigator: {} })).toBe('insecure');
  expect(troubleBeforehand({ isSecureContext: true, navigator: {} })).toBe('unsupported');
  expect(troubleBeforehand({ isSecureContext: true, navigator: { mediaDevices } })).toBe(null);
});
