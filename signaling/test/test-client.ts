import { randomBytes } from 'node:crypto';
import { ConnectionRefusal, notices, requests } from '@confab/protocol';
import type { Notice, NoticeName, Payload, Reply, ReplyData, RequestName } from '@confab/protocol';
import { io } from 'socket.io-client';
import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import { admitted } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

/** Milliseconds; long, because two busy cores may take their time. */
const PATIENCE = 20_000;
type Options = Partial<ManagerOptions & SocketOptions>;
type Heard = { [Name in NoticeName]: Notice<Name>[] };

/** A participant's connection by the official client, which keeps every notice and checks each against the protocol. */
export class TestClient {
  readonly socket: Socket;
  readonly heard: Heard = {
    'meeting:changed': [],
    'signal:received': [],
    'signal:refused': [],
    'chat:received': [],
    'typing:announced': [],
    'reaction:received': [],
    'door:changed': [],
    'door:denied': [],
    'participant:removed': [],
    'seat:removed': [],
    'knock:placed': [],
    'knock:told': [],
    'knock:answered': [],
    'seat:muted': [],
    'seat:unshared': [],
    'meeting:ended': [],
    'seat:taken': [],
    'server:announced': [],
    'server:stopping': [],
  };
  disconnected: string | null = null;
  participantId = '';
  /** From the latest reply to a join (R8). */
  resume = '';
  private readonly waiting = new Set<() => void>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.onAny((name: NoticeName, notice: unknown) => {
      (this.heard[name] as unknown[]).push(notices[name].parse(notice));
      this.look();
    });
    socket.on('disconnect', (reason) => {
      this.disconnected = reason;
      this.look();
    });
  }

  /** Connects; throws an Error whose message is the refusal's code when the server says no. */
  static async connect(url: string, token: unknown, options: Options = {}): Promise<TestClient> {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { token },
      ...options,
    });
    onTestFinished(() => void socket.disconnect());
    const client = new TestClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      // A refusal makes the client itself close, under this name, before it tells the refusal.
      socket.io.on('close', (reason) => {
        if (reason !== 'forced close') reject(new Error(reason));
      });
      socket.once('connect_error', (error: Error & { data?: unknown }) => {
        const refusal = ConnectionRefusal.safeParse(error.data);
        reject(new Error(refusal.success ? refusal.data.error : error.message));
      });
    });
    return client;
  }

  async request<Name extends RequestName>(
    name: Name,
    payload: Payload<Name>,
  ): Promise<Reply<ReplyData<Name>>> {
    return (await this.ask(name, payload)) as Reply<ReplyData<Name>>;
  }

  /** Any event with any arguments; resolves with the reply. */
  async ask(event: string, ...args: unknown[]): Promise<unknown> {
    return (await this.socket.timeout(PATIENCE).emitWithAck(event, ...args)) as unknown;
  }

  async join(arriving: Partial<Payload<'meeting:join'>> = {}): Promise<ReplyData<'meeting:join'>> {
    const reply = await this.request('meeting:join', { ...someone(), ...arriving });
    if (!reply.ok) throw new Error(reply.error);
    const data = requests['meeting:join'].reply.parse(reply.data);
    this.participantId = data.participantId;
    this.resume = data.resume;
    return data;
  }

  signal(to: unknown, sealed: unknown = 'c2VhbGVk'): void {
    this.socket.emit('signal:send', { to, sealed });
  }

  /** Resolves with what `found` finds, now or after some further notice; says what is lacking when it never comes. */
  async until<Found>(
    lacking: string,
    found: () => Found | undefined | false | null,
  ): Promise<Found> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const value = found();
        if (value === undefined || value === false || value === null) return;
        this.waiting.delete(look);
        clearTimeout(patience);
        resolve(value);
      };
      const patience = setTimeout(() => {
        reject(
          new Error(
            `Still lacking: ${lacking}. Heard: ${JSON.stringify(this.heard).slice(0, 800)}`,
          ),
        );
      }, PATIENCE);
      this.waiting.add(look);
      look();
    });
  }

  /** The latest snapshot that fits. */
  snapshot(lacking: string, fits: (snapshot: Notice<'meeting:changed'>) => boolean) {
    return this.until(lacking, () => this.heard['meeting:changed'].findLast(fits));
  }

  private look(): void {
    for (const look of [...this.waiting]) look();
  }
}

/** A page load like any other. */
export function someone(): Payload<'meeting:join'> {
  return { incarnation: newId(), hello: 'aGVsbG8', media: { microphone: true, camera: true } };
}

export function newId(): string {
  return randomBytes(16).toString('base64url');
}

/** Admitted, connected and seated. */
export async function joinMeeting(
  meeting: TestMeeting,
  options: Options = {},
): Promise<TestClient> {
  const { token } = await admitted(meeting);
  const client = await TestClient.connect(meeting.url, token, options);
  await client.join();
  return client;
}
