import { Refusal, refusalCodes } from '@confab/protocol';
import type {
  AdmissionAnswer,
  AdmissionRequest,
  CreatedMeeting,
  MeetingDescription,
  MeetingSettings,
} from '@confab/protocol';
import { deriveProof, verifierOf } from './sealing/proof.ts';

/** What admission gives: the token that opens the connection, and the seat it names. */
export type Admission = AdmissionAnswer;

/** The server did not answer, or not in a way this app understands. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('The server could not be reached.', { cause });
    this.name = 'Unreachable';
  }
}

/** Makes a meeting that only holders of `secret` can enter. Throws {@link Unreachable} or a Refusal, as all calls here do. */
export async function createMeeting(
  secret: string,
  settings?: MeetingSettings,
): Promise<CreatedMeeting> {
  const verifier = await verifierOf(await deriveProof(secret));
  const answer = await callServer('/api/meetings', { verifier, settings });
  return { meetingId: textIn(answer, 'meetingId'), hostToken: textIn(answer, 'hostToken') };
}

/** What a visitor may know before joining. */
export async function describeMeeting(meetingId: string): Promise<MeetingDescription> {
  const answer = await callServer(`/api/meetings/${encodeURIComponent(meetingId)}`);
  return {
    passcode: answer.passcode === true,
    waitingRoom: answer.waitingRoom === true,
    relay: answer.relay === true,
    recorded: answer.recorded === true,
  };
}

/** Asks for a seat, proving the link. `invitation` is a host's or somebody else's invitation token. */
export async function admit(
  meetingId: string,
  secret: string,
  options: { passcode?: string; invitation?: string } = {},
): Promise<Admission> {
  const request: AdmissionRequest = { proof: await deriveProof(secret), ...options };
  const answer = await callServer(
    `/api/meetings/${encodeURIComponent(meetingId)}/admission`,
    request,
  );
  return {
    token: textIn(answer, 'token'),
    participantId: textIn(answer, 'participantId'),
    role: answer.role === 'host' ? 'host' : 'participant',
    tokenLifetime: Math.max(1, Number(answer.tokenLifetime) || 1),
    ...(answer.waits === true && { waits: true }),
  };
}

const PATIENCE_MS = 10_000;

/** Asks this server; `body` makes it a POST unless `method` says otherwise. `authorization` is sent as it is. Throws {@link Unreachable} or a Refusal. */
export async function callServer(
  path: string,
  body?: object,
  { method = 'POST', ...authorization }: { method?: string; authorization?: string } = {},
): Promise<Record<string, unknown>> {
  const { status, answer } = await ask(path, {
    signal: AbortSignal.timeout(PATIENCE_MS),
    cache: 'no-store',
    headers: authorization,
    ...(body && {
      method,
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify(body),
    }),
  });
  if (typeof answer !== 'object' || answer === null) throw new Unreachable();
  const fields = answer as Record<string, unknown>;
  if (status >= 200 && status < 300) return fields;
  const code = refusalCodes.find((one) => one === fields.error);
  if (code === undefined) throw new Unreachable();
  const [opensAt, opensIn] = [Number(fields.opensAt), Number(fields.opensIn)];
  throw new Refusal(code, opensAt || undefined, opensIn || 0);
}

async function ask(
  path: string,
  request: RequestInit,
): Promise<{ status: number; answer: unknown }> {
  try {
    const response = await fetch(path, request);
    return { status: response.status, answer: await response.json() };
  } catch (error) {
    throw new Unreachable(error);
  }
}

function textIn(answer: Record<string, unknown>, field: string): string {
  const value = answer[field];
  if (typeof value !== 'string' || value === '') throw new Unreachable();
  return value;
}
