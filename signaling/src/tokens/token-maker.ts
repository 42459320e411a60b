import { randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import type { InvitationTerms } from '../meetings/host-calls.ts';
import type { Ticket } from '../meetings/ticket.ts';
import type { TokenAge } from './token-age.ts';
import { MAX_INVITATION_LIFETIME, PARTICIPANT_TOKEN_LIFETIME, purposes } from './token-claims.ts';
import type { Purpose } from './token-claims.ts';

/** Signs the two kinds of token. */
export class TokenMaker {
  private readonly key: KeyObject;
  private readonly age: TokenAge;

  constructor(key: KeyObject, age: TokenAge) {
    this.key = key;
    this.age = age;
  }

  /** The token that opens a connection, and when it expires (seconds by {@link TokenAge.elapsed}). */
  async participant(
    meeting: string,
    { participantId: sub, role, via, listed, network, admittedAt: since, passcodes }: Ticket,
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
      ...(listed && { listed }),
      ...(network !== null && { net: network }),
      ...(since !== undefined && since < iat && { since }),
      ...(passcodes !== undefined && { passcodes }),
    });
    const expiresAt = this.age.elapsed() + PARTICIPANT_TOKEN_LIFETIME;
    return { token, tokenLifetime: PARTICIPANT_TOKEN_LIFETIME, expiresAt };
  }

  /** A token that gives its bearer `role` at admission (R3): the same for the same terms. `by` names whose word it is (R62). */
  invitation(
    meeting: string,
    { role, iat, exp, nbf, by, jti, listed }: InvitationTerms,
  ): Promise<string> {
    const { aud } = purposes.invitation;
    const times = { iat, exp, ...(nbf !== undefined && { nbf }) };
    const behind = by.length > 0 && { by };
    const signed = { iss: 'confab', meeting, role, ...times, aud, ...behind, jti };
    return this.sign('invitation', { ...signed, ...(listed && { listed }) });
  }

  /** The token by which the maker of a meeting is its host; it is not listed, so that it can only be taken back with its bearer (R62, R64, R105). */
  hostToken(meeting: string): Promise<string> {
    const iat = this.seconds();
    const exp = iat + MAX_INVITATION_LIFETIME;
    const jti = randomBytes(16).toString('base64url');
    return this.invitation(meeting, { role: 'host', iat, exp, by: [], jti });
  }

  private seconds(): number {
    return Math.floor(this.age.now());
  }

  private sign(purpose: Purpose, claims: JWTPayload): Promise<string> {
    const header = { alg: 'HS256', typ: purposes[purpose].typ };
    return new SignJWT(claims).setProtectedHeader(header).sign(this.key);
  }
}
