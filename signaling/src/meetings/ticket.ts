import type { Role } from '@confab/protocol';

/** Most names in {@link Ticket.via}: whoever was invited over more hands than that invites nobody. */
export const MAX_VIA = 8;

/** What a participant token says of its bearer. */
export type Ticket = {
  participantId: string;
  role: Role;
  /** By whose word they came (R62): who invited whom, by participant and by invitation, the latest last. Empty for the bare link. */
  via: string[];
  /** Whether the invitation that `via` ends with counts only as long as the meeting lists it (R106); absent is false. */
  listed?: true | undefined;
  /** The network they were admitted from, by a name that tells nobody which one it is. */
  network: string | null;
  /** When they were admitted, whatever was renewed since, in seconds since 1970; absent while they are being admitted. */
  admittedAt?: number | undefined;
  /** How many passcodes hosts had set in the meeting when they were admitted (R73); absent where none had. */
  passcodes?: number | undefined;
};
