import { createHash } from 'node:crypto';
import type { Ticket } from '../meetings/ticket.ts';
import type { Claims } from './token-claims.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** What an invitation says: for which meeting, and by whose word as what (R62). Throws `token-invalid`, `token-expired` or `not-open`. */
export async function readInvitation(
  verifier: TokenVerifier,
  invitation: unknown,
): Promise<{ meeting: string } & Pick<Ticket, 'role' | 'via' | 'listed'>> {
  const { meeting, role, by = [], listed } = await verifier.verify('invitation', invitation);
  return { meeting, role, via: [...by, nameOf(String(invitation))], ...(listed && { listed }) };
}

/** What a participant token says of its bearer. */
export function ticketOf({
  sub: participantId,
  role,
  via = [],
  net,
  iat,
  since: admittedAt = iat,
  listed,
  passcodes,
}: Claims<'participant'>): Ticket {
  const network = net ?? null;
  return { participantId, role, via, network, admittedAt, passcodes, ...(listed && { listed }) };
}

/** An invitation's name: it has one spelling, so this tells it from every other. */
export function nameOf(invitation: string): string {
  return createHash('sha256').update(invitation).digest('base64url').slice(0, 22);
}
