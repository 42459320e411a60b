import { httpCalls } from '@confab/protocol';
import type {
  InvitationRequest,
  ListedInvitation,
  MadeInvitation,
  Schedule,
} from '@confab/protocol';
import { callServer, Unreachable } from './meetings-api.ts';

/** What hosts ask of their meeting over HTTP. `bearer` is asked for each time: a token lives an hour. All of it throws a Refusal or {@link Unreachable}. */
export class HostApi {
  readonly #path: string;
  readonly #bearer: () => string;

  constructor(meetingId: string, bearer: () => string) {
    this.#path = `/api/meetings/${meetingId}`;
    this.#bearer = bearer;
  }

  async invitations(): Promise<ListedInvitation[]> {
    const { answer } = httpCalls.listInvitations;
    return (await this.#ask(answer, '/tokens')).invitations;
  }

  invite(body: InvitationRequest): Promise<MadeInvitation> {
    return this.#ask(httpCalls.createInvitation.answer, '/tokens', 'POST', body);
  }

  async revoke(id: string): Promise<void> {
    await this.#ask(httpCalls.revokeInvitation.answer, `/tokens/${id}`, 'DELETE', {});
  }

  async schedule(): Promise<Schedule | null> {
    return (await this.#ask(httpCalls.readSchedule.answer, '/schedule')).schedule;
  }

  async setSchedule(schedule: Schedule | null): Promise<void> {
    await this.#ask(httpCalls.setSchedule.answer, '/schedule', 'PUT', { schedule });
  }

  async #ask<Answer>(
    answer: { safeParse: (value: unknown) => { success: boolean; data?: Answer } },
    path: string,
    method?: string,
    body?: object,
  ): Promise<Answer> {
    const authorization = `Bearer ${this.#bearer()}`;
    const said = await callServer(`${this.#path}${path}`, body, {
      authorization,
      ...(method !== undefined && { method }),
    });
    const { data } = answer.safeParse(said);
    if (data === undefined) throw new Unreachable();
    return data;
  }
}
