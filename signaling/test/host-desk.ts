import { httpCalls } from '@confab/protocol';
import type { ListedInvitation, Schedule } from '@confab/protocol';
import { newId, TestClient } from './test-client.ts';
import { admitted } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

/** What hosts, and holders of an API key, ask over HTTP, by whatever `bearer` is. */
export class HostDesk {
  private readonly meeting: TestMeeting;
  private readonly bearer: string;

  constructor(meeting: TestMeeting, bearer: string) {
    this.meeting = meeting;
    this.bearer = bearer;
  }

  async invite(body: object = {}) {
    const { answer } = await this.ask('POST', 'tokens', body);
    return httpCalls.createInvitation.answer.parse(answer);
  }

  async list(): Promise<ListedInvitation[]> {
    const { answer } = await this.ask('GET', 'tokens');
    return httpCalls.listInvitations.answer.parse(answer).invitations;
  }

  async revoke(id: string): Promise<void> {
    const { answer } = await this.ask('DELETE', `tokens/${id}`);
    httpCalls.revokeInvitation.answer.parse(answer);
  }

  async setSchedule(schedule: Schedule | null): Promise<Schedule | null> {
    const { answer } = await this.ask('PUT', 'schedule', { schedule });
    return httpCalls.setSchedule.answer.parse(answer).schedule;
  }

  async readSchedule(): Promise<Schedule | null> {
    const { answer } = await this.ask('GET', 'schedule');
    return httpCalls.readSchedule.answer.parse(answer).schedule;
  }

  async ask(method: string, path: string, body?: object) {
    const { url, meetingId } = this.meeting;
    const response = await fetch(`${url}/api/meetings/${meetingId}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.bearer}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
  }
}

/** Admitted, connected and seated, with what leads back and what a host asks with. */
export async function seated(meeting: TestMeeting, more: { invitation?: string } = {}) {
  const { token, participantId: id } = await admitted(meeting, more);
  const client = await TestClient.connect(meeting.url, token);
  const incarnation = newId();
  const { resume, snapshot } = await client.join({ incarnation });
  const { policy } = snapshot;
  return { client, token, incarnation, resume, policy, id, desk: new HostDesk(meeting, token) };
}
