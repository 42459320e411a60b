import type { InvitationRequest, ListedInvitation, Schedule } from '@confab/protocol';
import type { HostApi } from '../connection/host-api.ts';
import { formatMeetingLink } from '../connection/meeting-link.ts';
import { openLabel, sealLabel } from '../connection/sealing/label.ts';
import { displayName } from '../connection/sealing/display-name.ts';

/** As {@link HostApi}, so that tests need no server. */
type HostLine = Pick<HostApi, 'invitations' | 'invite' | 'revoke' | 'schedule' | 'setSchedule'>;

/** An invitation as hosts see it. `label` is what its maker calls it, null where it cannot be read; `link` is for whoever made it. */
export type InvitationView = Omit<ListedInvitation, 'name' | 'invitation'> & {
  label: string | null;
  link: string | null;
};

/** An invitation to be made. Times are seconds since 1970. */
export type InvitationDraft = { label: string } & Omit<InvitationRequest, 'name'>;

type DeskParts = { api: HostLine; meetingId: string; secret: string; origin: string };

/** What hosts arrange besides what goes on in the meeting: who may come by invitation, and when it takes place. */
export class HostDesk {
  readonly #parts: DeskParts;
  #invitations = $state.raw<InvitationView[] | null>(null);
  #schedule = $state.raw<Schedule | null | undefined>(undefined);

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Latest first; null until they are known. */
  get invitations(): InvitationView[] | null {
    return this.#invitations;
  }

  /** Null without one; undefined until that is known. */
  get schedule(): Schedule | null | undefined {
    return this.#schedule;
  }

  async lookAtInvitations(): Promise<void> {
    const listed = await this.#parts.api.invitations();
    this.#invitations = await Promise.all(listed.map((one) => this.#view(one)));
  }

  /** Makes one, and answers its link. */
  async invite({ label, ...terms }: InvitationDraft): Promise<string> {
    const { api } = this.#parts;
    const shown = displayName(label);
    const name = shown === null ? undefined : await sealLabel(this.#parts, shown);
    const { invitation } = await api.invite({ ...terms, ...(name !== undefined && { name }) });
    await this.lookAtInvitations();
    return this.#linkWith(invitation);
  }

  async revoke(id: string): Promise<void> {
    await this.#parts.api.revoke(id);
    await this.lookAtInvitations();
  }

  async lookAtSchedule(): Promise<void> {
    this.#schedule = await this.#parts.api.schedule();
  }

  /** What would be lost if the meeting were ended for good. */
  async lookAtLosses(): Promise<{ schedule: boolean; invitations: number }> {
    const { api } = this.#parts;
    const [schedule, invitations] = await Promise.all([api.schedule(), api.invitations()]);
    const now = Date.now() / 1_000;
    const counting = invitations.filter(({ expiresAt }) => expiresAt > now);
    return { schedule: schedule !== null, invitations: counting.length };
  }

  async plan(schedule: Schedule | null): Promise<void> {
    await this.#parts.api.setSchedule(schedule);
    this.#schedule = schedule;
  }

  async #view({ name, invitation, ...listed }: ListedInvitation): Promise<InvitationView> {
    const label = name === undefined ? null : await this.#read(name);
    const link = invitation === undefined ? null : this.#linkWith(invitation);
    return { ...listed, label, link };
  }

  /** Whoever holds the link can have sealed it: it is shown as names are. */
  async #read(sealed: string): Promise<string | null> {
    try {
      return displayName(await openLabel(this.#parts, sealed));
    } catch {
      return null;
    }
  }

  #linkWith(invitation: string): string {
    const { origin, meetingId, secret } = this.#parts;
    return formatMeetingLink(origin, meetingId, secret, invitation);
  }
}
