import { expect, it } from 'vitest';
import { hindrance } from './requirements.ts';

const engine = ['RTCPeerConnection', 'RTCRtpTransceiver', 'CompressionStream', 'MediaStream'];

/** A page's window with all that a meeting needs, but for one part. */
function page(missing = '', isSecureContext = true) {
  const having = (...parts: string[]) =>
    Object.fromEntries(parts.filter((part) => part !== missing).map((part) => [part, {}]));
  return {
    ...having(...engine),
    crypto: having('subtle'),
    Intl: having('Segmenter'),
    HTMLElement: { prototype: having('popover') },
    CSS: { supports: (_property: string, value: string) => !value.startsWith(missing || '?') },
    isSecureContext,
  } as unknown as Window & typeof globalThis;
}

it('nothing keeps a current browser from a secure page’s meeting', () => {
  expect(hindrance(page())).toBeNull();
});

it.each([...engine, 'subtle', 'Segmenter', 'popover', 'light-dark'])(
  'a browser without %s is not supported',
  (part) => expect(hindrance(page(part))).toBe('unsupported'),
);

it('a browser that names its cryptography and has none is not supported', () => {
  const named = page();
  Object.assign(named.crypto, { subtle: undefined });
  expect(hindrance(named)).toBe('unsupported');
});

it('a page without HTTPS is told as that, whatever else it lacks in consequence', () => {
  expect(hindrance(page('subtle', false))).toBe('insecure');
});
