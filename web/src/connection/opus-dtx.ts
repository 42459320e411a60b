/**
 * Asks the sender of `sdp`, which is about to be accepted, to send next to nothing while it is silent: `usedtx` is the
 * receiver's wish (RFC 7587 §6.1). A muted microphone then costs 1 kb/s instead of 12.
 */
export function withOpusDtx(sdp: string): string {
  const opus = new Set([...sdp.matchAll(/^a=rtpmap:(\d+) opus\//gim)].map((match) => match[1]));
  return sdp.replace(/^a=fmtp:(\d+) (\S.*)$/gm, (line, payloadType: string) =>
    opus.has(payloadType) && !line.includes('usedtx=') ? `${line.trimEnd()};usedtx=1` : line,
  );
}
