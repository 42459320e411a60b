/** What keeps this browser from a meeting, if anything: a page without HTTPS, or an engine without a needed part. */
export type Hindrance = 'insecure' | 'unsupported';

/** The parts no meeting can do without: links, sealing, the compression inside sealed signals, and drawing names. */
const parts = ['RTCPeerConnection', 'RTCRtpTransceiver', 'CompressionStream', 'MediaStream'];
const colours = 'light-dark(#000, #fff)';

/** Looks at the page's surroundings before anything else is tried; null if all is there. */
export function hindrance(page: Window & typeof globalThis = window): Hindrance | null {
  if (!page.isSecureContext) return 'insecure';
  const isComplete =
    parts.every((part) => part in page) &&
    // Some have the name and nothing behind it.
    (page.crypto.subtle as SubtleCrypto | undefined) !== undefined &&
    'Segmenter' in page.Intl &&
    'popover' in page.HTMLElement.prototype &&
    page.CSS.supports('color', colours);
  return isComplete ? null : 'unsupported';
}
