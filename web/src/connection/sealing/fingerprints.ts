/**
 * Whether every certificate that `sdp` names is the one with this SHA-256 fingerprint, and it names one at all (R26,
 * RFC 8122 §5). Reads session and media level alike; another hash, even beside the right one, is a refusal.
 */
export function isPinnedTo(sdp: string, fingerprint: string): boolean {
  const lines = sdp.split(/\r\n|\r|\n/).filter((line) => /^\s*a\s*=\s*fingerprint/i.test(line));
  return lines.length > 0 && lines.every((line) => fingerprintIn(line) === fingerprint);
}

function fingerprintIn(line: string): string | null {
  const value = /^a=fingerprint:sha-256 ([0-9a-f]{2}(?::[0-9a-f]{2}){31}) *$/i.exec(line)?.[1];
  return value?.toUpperCase() ?? null;
}
