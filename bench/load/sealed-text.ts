import { randomBytes } from 'node:crypto';

/** Random base64url text as long as an envelope around a frame of `frameBytes`: 42 bytes in front, 16 bytes of tag behind (R16). */
export function sealedText(frameBytes: number): string {
  return randomBytes(42 + frameBytes + 16).toString('base64url');
}

/**
 * What one side of a link sends until media flows, as sealed text: an offer or answer with four media sections, deflated and
 * padded, four batches of candidates, and the confirmations of what came from the other side.
 */
export function signalsOfALink(): string[] {
  const frames = [1792, 1536, 768, 256, 768, 256, 768, 256, 768, 256, 256, 256];
  return frames.map(sealedText);
}
