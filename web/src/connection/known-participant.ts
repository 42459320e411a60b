import type { Participant } from '@confab/protocol';

/** What a sealed hello proves about one incarnation of a participant. */
export type Identity = {
  /** Null where nothing readable is left of it. */
  name: string | null;
  fingerprint: string;
  /** Opens what this incarnation seals. */
  key: CryptoKey;
};

/** A participant of a snapshot, with the hello opened; `identity` is null if it does not open. */
export type KnownParticipant = Participant & { identity: Identity | null };

/** Whether the server can bring somebody a signal: `away` says that nobody sits before the page, not that it is gone (R59). */
export function isReached({ presence }: Participant): boolean {
  return presence !== 'reconnecting';
}
