import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { httpCalls } from '@confab/protocol';
import type { AdmissionAnswer } from '@confab/protocol';
import { onTestFinished } from 'vitest';
import { createLog } from '../src/log.ts';
import { startServer } from '../src/server.ts';
import type { ServerParts } from '../src/server.ts';
import { readSettings } from '../src/settings.ts';

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

/** A whole server on a free port of loopback, gone when the test is. `env` as in the environment. */
export async function startTestServer(
  env: Record<string, string> = {},
  parts: Omit<ServerParts, 'log'> = {},
) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'confab-test-'));
  const settings = readSettings({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'debug',
    ...env,
  });
  let logged = '';
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged += chunk.toString();
      done();
    },
  });
  const server = await startServer(settings, {
    log: createLog(settings.logLevel, destination),
    ...parts,
  });
  onTestFinished(async () => {
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { ...server, settings, logged: () => logged };
}

/** A meeting and what its link carries. */
export type TestMeeting = { url: string; meetingId: string; hostToken: string; proof: string };

/** `apiKey` where the server asks for one. */
export async function makeMeeting(
  url: string,
  settings?: object,
  apiKey?: string,
): Promise<TestMeeting> {
  const proof = randomBytes(32).toString('base64url');
  const body = { verifier: verifierOf(proof), ...(settings && { settings }) };
  const headers = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const { status, answer } = await post(`${url}/api/meetings`, body, headers);
  if (status !== 201) throw new Error(`making a meeting was answered ${status}`);
  const { meetingId, hostToken } = httpCalls.createMeeting.answer.parse(answer);
  return { url, meetingId, hostToken, proof };
}

export function verifierOf(proof: string): string {
  return createHash('sha256').update(Buffer.from(proof, 'base64url')).digest('base64url');
}

/** Asks for admission with the link's proof; `more` is put over the body. */
export function askAdmission(
  meeting: TestMeeting,
  more: object = {},
  headers: Record<string, string> = {},
) {
  const address = `${meeting.url}/api/meetings/${meeting.meetingId}/admission`;
  return post(address, { proof: meeting.proof, ...more }, headers);
}

export async function admitted(meeting: TestMeeting, more: object = {}): Promise<AdmissionAnswer> {
  const { status, answer } = await askAdmission(meeting, more);
  if (status !== 200) throw new Error(`admission was answered ${status} ${JSON.stringify(answer)}`);
  return httpCalls.admission.answer.parse(answer);
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    // A connection of its own: one that was kept may have been given up while the test was busy with its clock.
    headers: { 'content-type': 'application/json', connection: 'close', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}
