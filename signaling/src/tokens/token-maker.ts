import { randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Role } from '@confab/protocol';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import type { Clock } from '../clock.ts';
import type { Ticket } from '../meetings/ticket.ts';
import { PARTICIPANT_TOKEN_LIFETIME, purposes } from './token-claims.ts';
import type { Purpose } from './token-claims.ts';

/** Signs the two kinds of token. */
export class TokenMaker {
  private readonly key: KeyObject;
  private readonly clock: Clock;

  constructor(key: KeyObject, clock: Clock) {
    this.key = key;
    this.clock = clock;
  }

  /** The token that opens a connection, and when it expires (seconds since 1970). */
  async participant(
    meeting: string,
    { participantId: sub, role, via, network }: Ticket,
  ): Promise<{ token: string; tokenLifetime: number; expiresAt: number }> {
    const iat = this.seconds();
    const exp = iat + PARTICIPANT_TOKEN_LIFETIME;
    const { aud } = purposes.participant;
    const token = await this.sign('participant', {
      iss: 'confab',
      meeting,
      role,
      iat,
      exp,
      aud,
      sub,
      ...(via.length > 0 && { via }),
      ...(network !== null && { net: network }),
    });
    return { token, tokenLifetime: PARTICIPANT_TOKEN_LIFETIME, expiresAt: exp };
  }

  /** A token that gives its bearer `role` at admission (R3). Times are seconds since 1970; `by` names whose word it is (R62). */
  invitation(
    meeting: string,
    {
      role,
      exp,
      nbf,
      by = [],
    }: { role: Role; exp: number; nbf?: number | undefined; by?: string[] },
  ): Promise<string> {
    const { aud } = purposes.invitation;
    const times = { iat: this.seconds(), exp, ...(nbf !== undefined && { nbf }) };
    const behind = by.length > 0 && { by };
    const jti = randomBytes(16).toString('base64url');
    return this.sign('invitation', { iss: 'confab', meeting, role, ...times, aud, ...behind, jti });
  }

  private seconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  private sign(purpose: Purpose, claims: JWTPayload): Promise<string> {
    const header = { alg: 'HS256', typ: purposes[purpose].typ };
    return new SignJWT(claims).setProtectedHeader(header).sign(this.key);
  }
}
