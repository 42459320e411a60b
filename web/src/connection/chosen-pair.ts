import type { LinkCounts } from '@confab/protocol';

/** The pair of candidates that a connection uses: which way it goes, and milliseconds there and back, null where they are not known yet. */
export type ChosenPair = { way: keyof LinkCounts; roundTrip: number | null };

type Entry = {
  type?: string;
  selectedCandidatePairId?: string;
  /** Firefox's own: it has no entry for the transport. */
  selected?: boolean;
  localCandidateId?: string;
  remoteCandidateId?: string;
  candidateType?: string;
  /** In seconds. */
  currentRoundTripTime?: number;
  roundTripTime?: number;
};

/** Reads a connection's statistics: null where no pair is chosen. One end's relay is enough for the way to be one. */
export function chosenPair(report: RTCStatsReport | null): ChosenPair | null {
  const entries = new Map<string, Entry>();
  let pair: Entry | undefined;
  let chosen = '';
  let heard: number | undefined;
  report?.forEach((entry: Entry, id: string) => {
    entries.set(id, entry);
    if (entry.type === 'transport') chosen = entry.selectedCandidatePairId ?? '';
    if (entry.selected === true) pair = entry;
    // Where the pair says none, the receivers' reports do (RTCP, which older Firefoxes have alone).
    if (entry.type === 'remote-inbound-rtp') heard = entry.roundTripTime ?? heard;
  });
  pair = entries.get(chosen) ?? pair;
  const ends = [pair?.localCandidateId, pair?.remoteCandidateId].map((id = '') => entries.get(id));
  const types = ends.map((end) => end?.candidateType);
  if (types.every((type) => type === undefined)) return null;
  const seconds = pair?.currentRoundTripTime ?? heard;
  return {
    way: types.includes('relay') ? 'relayed' : 'direct',
    roundTrip: seconds === undefined ? null : seconds * 1_000,
  };
}
