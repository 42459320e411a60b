import { MAX_INVITATIONS, Refusal } from '@confab/protocol';
import type { ListedInvitation } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { MeetingStore } from './meeting-store.ts';
import { keyOf } from './records.ts';
import type { InvitationRecord } from './records.ts';
import type { Roles } from './roles.ts';
import type { Ticket } from './ticket.ts';

/** For how long an invitation that has expired is shown, in seconds. */
const SHOWN_AFTERWARDS = 86_400;
/** So long after the end of an invitation may they sit down who came by it before, in seconds. */
const TAKEN_UP_WITHIN = 90;

export type InvitationsParts = {
  clock: Clock;
  store: MeetingStore;
  roles: Pick<Roles, 'independents'>;
};

/** The invitations of one meeting that count (R105). What is not among them any more was revoked, or has expired. */
export class Invitations {
  private readonly meetingId: string;
  private readonly parts: InvitationsParts;
  private readonly all = new Map<string, InvitationRecord>();

  constructor(meetingId: string, parts: InvitationsParts) {
    this.meetingId = meetingId;
    this.parts = parts;
  }

  /** Latest first. */
  get latest(): InvitationRecord[] {
    this.forgetExpired();
    return [...this.all.values()].reverse().sort((one, other) => other.madeAt - one.madeAt);
  }

  /** Throws `too-many-requests` where there is no room for another one. */
  checkRoom(): void {
    this.forgetExpired();
    if (this.all.size >= MAX_INVITATIONS) throw new Refusal('too-many-requests');
  }

  /** Keeps an invitation. Throws as {@link checkRoom}. */
  add(record: InvitationRecord): void {
    this.checkRoom();
    this.all.set(record.id, record);
    this.keep(record.id);
  }

  /** Nobody comes by it any more, nor by what was made with it by somebody without a seat. Throws `unknown-request` where there is no such invitation. */
  revoke(id: string): void {
    if (!this.all.has(id)) throw new Refusal('unknown-request');
    this.forget(id);
    for (const { id: made, by, madeBy } of [...this.all.values()])
      if (madeBy === null && by.at(-1) === id) this.revoke(made);
  }

  /** Takes back what somebody who is no host any more has made hosts with, over whatever hands (R106). */
  revokeHostsOf(participantId: string): void {
    for (const { id, role, by } of [...this.all.values()])
      if (role === 'host' && this.parts.roles.independents.behind(by).includes(participantId))
        this.forget(id);
  }

  /** Whether the invitation by which somebody comes counts no more. */
  isRevoked(ticket: Pick<Ticket, 'via' | 'listed'>): boolean {
    return ticket.listed === true && this.find(ticket) === undefined;
  }

  /** Whether the time of the invitation by which somebody was admitted is over. */
  hasExpired(ticket: Pick<Ticket, 'via' | 'listed'>): boolean {
    const { expiresAt = Infinity } = this.find(ticket) ?? {};
    return expiresAt + TAKEN_UP_WITHIN <= this.seconds();
  }

  /** When the invitation by which somebody comes was made, in seconds since 1970; undefined where it is not listed. */
  madeAt(ticket: Pick<Ticket, 'via' | 'listed'>): number | undefined {
    return this.find(ticket)?.madeAt;
  }

  /** Whether whoever comes by it as a host is one by the word of a host by succession; `true` or nothing, as seats keep it. */
  isHeirs(ticket: Pick<Ticket, 'via' | 'listed'>): true | undefined {
    return this.find(ticket)?.isHeirs;
  }

  /** Whether this one, or (null) any that counts, makes hosts by another word than that of a host by succession (R65). */
  makesHosts(id: string | null): boolean {
    return [...this.all.values()].some(
      ({ id: own, role, isHeirs, expiresAt }) =>
        role === 'host' &&
        isHeirs !== true &&
        (id === null ? expiresAt > this.seconds() : own === id),
    );
  }

  /** Somebody has come by it. */
  used(ticket: Pick<Ticket, 'via' | 'listed'>): void {
    const known = this.find(ticket);
    if (known === undefined) return;
    const lastUsedAt = this.seconds();
    this.all.set(known.id, { ...known, uses: known.uses + 1, lastUsedAt });
    this.keep(known.id, 'keepLazily');
  }

  restore(record: InvitationRecord): void {
    this.all.set(record.id, record);
  }

  /** Keeps every one once more; answers with the keys. */
  keepAll(): string[] {
    const ids = [...this.all.keys()];
    for (const id of ids) this.keep(id);
    return ids.map((id) => keyOf.invitation(this.meetingId, id));
  }

  /** The meeting is over: nothing is kept. */
  end(): void {
    const ids = [...this.all.keys()];
    this.all.clear();
    for (const id of ids) this.keep(id);
  }

  private forgetExpired(): void {
    const oldest = this.seconds() - SHOWN_AFTERWARDS;
    for (const { id, expiresAt } of [...this.all.values()]) if (expiresAt < oldest) this.forget(id);
  }

  private find({ via, listed }: Pick<Ticket, 'via' | 'listed'>): InvitationRecord | undefined {
    return listed === true ? this.all.get(via.at(-1) ?? '') : undefined;
  }

  private forget(id: string): void {
    this.all.delete(id);
    this.keep(id);
  }

  private seconds(): number {
    return Math.floor(this.parts.clock.now() / 1000);
  }

  private keep(id: string, how: 'keep' | 'keepLazily' = 'keep'): void {
    this.parts.store[how](keyOf.invitation(this.meetingId, id), () => this.all.get(id));
  }
}

/** As hosts are shown it; `invitation` is the token, for whoever made it. */
export function listedInvitation(record: InvitationRecord, invitation?: string): ListedInvitation {
  const { id, role, name, notBefore, expiresAt, madeAt, madeBy, uses, lastUsedAt } = record;
  return {
    ...{ id, role, expiresAt, madeAt, uses },
    ...(name !== undefined && { name }),
    ...(notBefore !== null && { notBefore }),
    ...(madeBy !== null && { madeBy }),
    ...(lastUsedAt !== null && { lastUsedAt }),
    ...(invitation !== undefined && { invitation }),
  };
}
