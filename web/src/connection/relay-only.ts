import type { Candidate } from '@confab/protocol';

/** What may be told of a candidate by whoever is relay only (R50): null unless it is a relay's, and never whose relay. */
export function ofRelay(candidate: Candidate): Candidate | null {
  const told = relayLine(candidate.candidate);
  return told === null ? null : { ...candidate, candidate: told };
}

/** A description without any address but relays'. */
export function withoutAddresses(sdp: string): string {
  return sdp
    .split('\r\n')
    .flatMap((line) => {
      if (line.startsWith('a=candidate:')) return relayLine(line) ?? [];
      // What stands here once the first candidate is known; nobody who trickles candidates reads it.
      return line
        .replace(/^(c=IN IP)[46] .*/, (_, start: string) => `${start}4 0.0.0.0`)
        .replace(/^a=rtcp:.*/, 'a=rtcp:9 IN IP4 0.0.0.0');
    })
    .join('\r\n');
}

function relayLine(line: string): string | null {
  if (!/ typ relay(?: |$)/.test(line)) return null;
  return line.replace(/ raddr \S+/, ' raddr 0.0.0.0').replace(/ rport \d+/, ' rport 0');
}
