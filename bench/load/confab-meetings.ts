import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { httpCalls, requests } from '@confab/protocol';
import { EngineSocket } from './engine-socket.ts';
import { sealedText } from './sealed-text.ts';
import type { FillMeeting, Seat } from './seat.ts';

/** A meeting on Confab, entered the whole way: created, everyone admitted by proof, connected with a token, seated. */
export const fillConfabMeeting: FillMeeting = async (url, meeting, size) => {
  const headers = { 'x-forwarded-for': officeAddress(meeting), origin: url };
  const { meetingId, proof } = await createMeeting(url, headers);
  const seats: Seat[] = [];
  for (let index = 0; index < size; index++) {
    const admission = httpCalls.admission.answer.parse(
      await post(`${url}/api/meetings/${meetingId}/admission`, { proof }, headers),
    );
    const socket = await EngineSocket.open(url, { token: admission.token }, headers);
    const reply = await socket.request('meeting:join', {
      incarnation: randomBytes(16).toString('base64url'),
      hello: sealedText(256),
      media: { microphone: true, camera: true },
    });
    joined(reply);
    seats.push({ address: admission.participantId, meeting, socket });
  }
  return seats;
};

/** Makes a meeting and returns what its link carries: its id, its secret, and the secret's proof (R2, R12). */
export async function createMeeting(url: string, headers: Record<string, string> = {}) {
  const secret = randomBytes(32);
  const proof = Buffer.from(hkdfSync('sha256', secret, '', 'confab/1/proof', 32));
  const verifier = createHash('sha256').update(proof).digest('base64url');
  const { meetingId } = httpCalls.createMeeting.answer.parse(
    await post(`${url}/api/meetings`, { verifier }, headers),
  );
  return { meetingId, secret: secret.toString('base64url'), proof: proof.toString('base64url') };
}

/** Each meeting's people sit behind one address of their own, as an office's do; the server trusts loopback to say so. */
function officeAddress(meeting: number): string {
  return `10.${(meeting >> 16) & 255}.${(meeting >> 8) & 255}.${meeting & 255}`;
}

async function post(url: string, body: object, headers: Record<string, string>): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

function joined(reply: unknown): void {
  const { ok } = reply as { ok: boolean };
  if (!ok) throw new Error(`meeting:join was refused: ${JSON.stringify(reply)}`);
  requests['meeting:join'].reply.parse((reply as { data: unknown }).data);
}
