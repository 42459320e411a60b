/** What keeps this browser from a meeting, if anything: a page without HTTPS, or an engine without a needed part. */
export type Hindrance = 'insecure' | 'unsupported';

/** The parts no meeting can do without: links, sealing, and the compression inside sealed signals. */
const parts = ['RTCPeerConnection', 'RTCRtpTransceiver', 'CompressionStream', 'MediaStream'];

/** Looks at the page's surroundings before anything else is tried; null if all is there. */
export function hindrance(page: Window & typeof globalThis = window): Hindrance | null {
  if (!page.isSecureContext) return 'insecure';
  const isComplete = parts.every((part) => part in page) && 'subtle' in page.crypto;
  return isComplete ? null : 'unsupported';
}
