/** RFC 4648 §5 without padding. */
export function toBase64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The bytes that `text` spells, or null unless it is the one spelling of them (no padding, unused bits zero). */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  // Only the last characters, short of four, can be spelt otherwise.
  const rest = text.length % 4;
  const last = rest === 0 ? '' : toBase64url(bytes.subarray(1 - rest));
  return text.endsWith(last) ? bytes : null;
}

/** As {@link fromBase64url}, but for a value that must be exactly `length` bytes; throws a RangeError otherwise. */
export function bytesOf(text: string, length: number): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64url(text);
  if (bytes?.length !== length) throw new RangeError(`not ${length} bytes in base64url`);
  return bytes;
}
