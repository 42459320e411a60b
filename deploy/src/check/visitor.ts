import { createHash, randomBytes } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

/** Milliseconds that anything may take. */
const PATIENCE = 10_000;

export type IceServer = { urls: string[]; username?: string; credential?: string };

/** A meeting of this check's own; it ends by itself. */
export type Meeting = { origin: string; meetingId: string; proof: string };

/** Makes a meeting as the page does, or with an API key where one is needed. */
export async function makeMeeting(origin: string, apiKey: string | undefined): Promise<Meeting> {
  const proof = randomBytes(32);
  const verifier = createHash('sha256').update(proof).digest('base64url');
  const { meetingId } = (await post(`${origin}/api/meetings`, { verifier }, apiKey)) as {
    meetingId: string;
  };
  return { origin, meetingId, proof: proof.toString('base64url') };
}

/** A participant without camera and microphone, by one transport alone. */
export class Visitor {
  readonly participantId: string;
  readonly iceServers: IceServer[];
  private readonly socket: Socket;

  private constructor(socket: Socket, joined: { participantId: string; iceServers: IceServer[] }) {
    this.socket = socket;
    this.participantId = joined.participantId;
    this.iceServers = joined.iceServers;
  }

  static async join(meeting: Meeting, transport: 'websocket' | 'polling'): Promise<Visitor> {
    const { origin, meetingId, proof } = meeting;
    const admission = `${origin}/api/meetings/${meetingId}/admission`;
    const { token } = (await post(admission, { proof })) as { token: string };
    const socket = io(origin, {
      transports: [transport],
      upgrade: false,
      forceNew: true,
      reconnection: false,
      timeout: PATIENCE,
      // As a browser does; the server lets in its own pages alone. Whose next request has to reach the same server sends its cookie too.
      extraHeaders: { origin },
      withCredentials: true,
      auth: { token },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('connect_error', (error) => {
        reject(new Error(`no connection by ${transport}: ${error.message}`));
      });
    });
    const reply = (await socket.timeout(PATIENCE).emitWithAck('meeting:join', {
      incarnation: randomBytes(16).toString('base64url'),
      hello: randomBytes(48).toString('base64url'),
      media: { microphone: false, camera: false },
    })) as
      | { ok: true; data: { participantId: string; iceServers: IceServer[] } }
      | { ok: false; error: string };
    if (!reply.ok) throw new Error(`not let in: ${reply.error}`);
    return new Visitor(socket, reply.data);
  }

  /** Sends a signal to another visitor and waits until it is there; answers with how long that took, in milliseconds. */
  async signals(other: Visitor): Promise<number> {
    const sealed = randomBytes(48).toString('base64url');
    const sentAt = performance.now();
    const arrived = new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error('a signal did not arrive')), PATIENCE).unref();
      other.socket.on('signal:received', (notice: { from: string; sealed: string }) => {
        if (notice.from === this.participantId && notice.sealed === sealed) resolve();
      });
    });
    this.socket.emit('signal:send', { to: other.participantId, sealed });
    await arrived;
    return Math.round(performance.now() - sentAt);
  }

  async leave(): Promise<void> {
    await this.socket
      .timeout(PATIENCE)
      .emitWithAck('meeting:leave', {})
      .catch(() => undefined);
    this.socket.disconnect();
  }
}

async function post(url: string, body: object, apiKey?: string): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(apiKey === undefined
        ? { origin: new URL(url).origin }
        : { authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE),
  });
  const said = (await answer.json()) as { message?: string };
  if (!answer.ok)
    throw new Error(`${new URL(url).pathname} answers ${answer.status}: ${said.message ?? ''}`);
  return said;
}
