import type { Candidate } from '@confab/protocol';

// candidate:<foundation> <component> <transport> <priority> <address> <port> typ host … (RFC 8839 §5.1)
const HOST = /^(?:a=)?candidate:\S+ \d+ \S+ \d+ (\S+) \d+ typ host\b/;

/** The addresses of this computer itself that a connection has told the other side. */
export class OwnAddresses {
  readonly #known = new Set<string>();

  /** Whether one of `candidates` is at an address that was not among them yet; from now on it is. */
  learn(candidates: Candidate[]): boolean {
    const before = this.#known.size;
    for (const { candidate } of candidates) {
      const [, address] = HOST.exec(candidate) ?? [];
      if (address !== undefined) this.#known.add(address);
    }
    return this.#known.size > before;
  }
}
