import { AsyncLocalStorage } from 'node:async_hooks';
import { Refusal } from '@confab/protocol';
import type { RequestName } from '@confab/protocol';
import { expect, test, vi } from 'vitest';
import type { MeetingDirectory } from '../src/meetings/meeting-directory.ts';
import { Meeting } from '../src/meetings/meeting.ts';
import type { MeetingRecord } from '../src/meetings/records.ts';
import type { Ticket } from '../src/meetings/ticket.ts';
import { ConnectionState } from '../src/sockets/connection-state.ts';
import type { MeetingServer, MeetingSocket } from '../src/sockets/connection-state.ts';
import { endingRequests } from '../src/sockets/end-meeting.ts';
import { floorRequests } from '../src/sockets/floor-requests.ts';
import { handleRequest } from '../src/sockets/handle-requests.ts';
import { knockRequests } from '../src/sockets/knock-requests.ts';
import { meetingRequests } from '../src/sockets/meeting-requests.ts';
import { policyRequests } from '../src/sockets/policy-requests.ts';
import { removalRequests } from '../src/sockets/removal-requests.ts';
import type { RequestHandlers } from '../src/sockets/request-handler.ts';
import { roleRequests } from '../src/sockets/role-requests.ts';
import type { TokenMaker } from '../src/tokens/token-maker.ts';
import type { Metrics } from '../src/metrics.ts';
import { FakeClock } from './fake-clock.ts';
import { seededRandom } from './seeded-random.ts';
import { newId, someone } from './test-client.ts';

// Slow as ever, but without the work.
vi.mock('../src/meetings/passcode.ts', () => ({
  hashPasscode: async (passcode: string) => {
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
    return `salt.${passcode}`;
  },
}));

const SCHEDULES = 1_000;

type Told = { to: string; name: string; during: string | undefined };
type Person = { socket: MeetingSocket; id: string };

/** A meeting with all that hosts' requests reach, and nothing below it: no network, no disk, and time stands still. */
function makeWorld(random: () => number) {
  const clock = new FakeClock();
  const during = new AsyncLocalStorage<string>();
  const told: Told[] = [];
  const sockets = new Map<string, MeetingSocket>();
  const store = {
    isFailing: false,
    // eslint-disable-next-line @typescript-eslint/require-await -- nothing is read
    async *read() {
      yield* [];
    },
    keep: () => undefined,
    keepLazily: () => undefined,
    settled: async () => {
      for (let turn = random() * 4; turn > 1; turn--) await Promise.resolve();
    },
  };
  const record: MeetingRecord = {
    v: 1,
    capacity: 64,
    passcodeHash: null,
    passcodeSince: null,
    verifier: null,
    policy: { locked: false },
    succession: false,
    unmade: [],
    standing: [],
    silenced: [],
    heard: [],
    denied: [],
    orphanedAt: null,
    madeFrom: '',
    schedule: null,
    keptUntil: null,
    emptySince: null,
    wasLeft: false,
    busySince: null,
    lastArrival: 0,
  };
  const meeting = new Meeting(newId(), record, {
    clock,
    store,
    onChange: () => undefined,
    onDoor: () => undefined,
    onEvent: () => undefined,
  });
  const emitTo = (to: string) => ({
    emit: (name: string) => told.push({ to, name, during: during.getStore() }) > 0,
  });
  const io = { to: emitTo } as unknown as MeetingServer;
  const nothing = () => undefined;
  const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const tokens = {
    participant: async () => {
      if (random() < 0.5) await Promise.resolve();
      return { token: 'token', tokenLifetime: 3_600, expiresAt: Infinity };
    },
  } as unknown as TokenMaker;
  const connectionNamed = (name: string) => sockets.get(name);
  const directory = {
    end: async (ending: Meeting) => {
      ending.end();
      await store.settled();
    },
  } as unknown as MeetingDirectory;
  const metrics = { joins: { inc: () => undefined } } as unknown as Metrics;
  const parts = { io, connectionNamed, tokens, clock, log, directory };
  const handlers = {
    ...meetingRequests({ ...parts, iceServers: () => ({ iceServers: [] }), metrics }),
    ...policyRequests(parts),
    ...removalRequests(parts),
    ...roleRequests(parts),
    ...floorRequests(parts),
    ...knockRequests(parts),
    ...endingRequests(parts),
  } as unknown as RequestHandlers;

  function connect(role: Ticket['role'], participantId = newId()): Person {
    const ticket = { participantId, role, via: [], network: null };
    const id = newId();
    const socket = {
      ...{ id, connected: true, ...emitTo(id), to: emitTo },
      ...{ join: () => undefined, leave: () => undefined, conn: { close: () => undefined } },
      data: new ConnectionState(meeting, ticket, Infinity, clock.elapsed()),
      disconnect: () => (socket.data.joined = false),
    } as unknown as MeetingSocket;
    sockets.set(id, socket);
    return { socket, id: participantId };
  }

  /** Resolves with `done` or why not; nothing but a refusal may come of it. */
  function ask({ socket }: Person, name: RequestName, payload: object, tag = name as string) {
    return during.run(tag, async () => {
      try {
        await handleRequest(handlers, socket, name, payload);
        return 'done';
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return error.code;
      }
    });
  }
  return { clock, meeting, told, connect, ask };
}

type World = ReturnType<typeof makeWorld>;

/** All that a host decides and that is to be seen of it. */
function seenOf({ meeting }: World): string {
  const { version: _v, ...snapshot } = meeting.snapshot();
  const admitted = meeting.door.shown;
  return JSON.stringify([snapshot, admitted, meeting.rules.policy]);
}

/** What takes a host's word away, as it happens to `mallory`; what was asked of `alice` is under way when this returns. */
const falls: [
  name: string,
  fall: (world: World, alice: Person, mallory: Person) => Promise<unknown>,
][] = [
  [
    'unmade',
    ({ ask }, alice, { id }) => ask(alice, 'role:set', { participant: id, role: 'participant' }),
  ],
  ['removed', ({ ask }, alice, { id }) => ask(alice, 'participant:remove', { participant: id })],
  ['left', ({ ask }, _alice, mallory) => ask(mallory, 'meeting:leave', {})],
  [
    'lost',
    ({ meeting, clock }, _alice, { socket, id }) => {
      socket.data.joined = false;
      meeting.lose(id, socket.id, 'closed');
      clock.advance(46_000);
      return Promise.resolve();
    },
  ],
  ['ended', ({ ask }, alice) => ask(alice, 'meeting:end', {})],
];

async function play(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const world = makeWorld(random);
  const { connect, ask, told } = world;
  const pick = <One>(all: readonly One[]): One => all[Math.floor(random() * all.length)] as One;
  const [alice, mallory] = [connect('host'), connect('host')];
  const guests = [connect('participant'), connect('participant'), connect('participant')];
  const media = { microphone: true, camera: true, screen: true };
  for (const one of [alice, mallory, ...guests])
    expect(await ask(one, 'meeting:join', { ...someone(), media })).toBe('done');
  await ask(alice, 'policy:set', { waitingRoom: true });
  const waiting = [connect('participant'), connect('participant'), connect('participant')];
  for (const one of waiting) {
    const { incarnation, hello } = someone();
    expect(await ask(one, 'door:knock', { incarnation, hello })).toBe('done');
  }

  const guest = () => ({ participant: pick(guests).id });
  const knocker = () => ({ participant: pick(waiting).id });
  const deeds: (() => [RequestName, object])[] = [
    () => ['policy:set', { locked: random() < 0.5 }],
    () => ['policy:set', { waitingRoom: random() < 0.5 }],
    () => ['policy:set', { passcode: pick(['sesame', 'open it', null]) }],
    () => ['participant:remove', guest()],
    () => ['participant:readmit', guest()],
    () => ['participant:mute', pick([guest(), {}])],
    () => ['speech:set', { ...guest(), allowed: random() < 0.5 }],
    () => ['share:stop', guest()],
    () => ['role:set', { ...guest(), role: pick(['host', 'participant']) }],
    () => ['role:set', { participant: mallory.id, role: 'host' }],
    () => ['knock:admit', { participants: [knocker().participant] }],
    () => ['knock:deny', knocker()],
    () => ['knock:tell', { ...knocker(), sealed: 'c2VhbGVk' }],
  ];
  const pause = async () => {
    for (let turn = random() * 8; turn > 4; turn--) await Promise.resolve();
  };

  const before: Promise<string>[] = [];
  for (let turn = Math.floor(random() * 6); turn > 0; turn--) {
    before.push(ask(mallory, ...pick(deeds)(), 'before'));
    await pause();
  }
  const [name, fall] = pick(falls);
  const falling = fall(world, alice, mallory);
  const seen = seenOf(world);
  const after: Promise<string>[] = [];
  for (let turn = 8; turn > 0; turn--) {
    after.push(
      ask(
        mallory,
        ...pick([...deeds, () => ['meeting:end', {}] as [RequestName, object]])(),
        'after',
      ),
    );
    await pause();
  }
  await falling;
  await Promise.all(before);
  const why = `seed ${seed}, ${name}`;
  for (const answer of await Promise.all(after))
    expect(['forbidden', 'wrong-state'], why).toContain(answer);
  expect(
    told.filter(({ during }) => during === 'after'),
    why,
  ).toEqual([]);
  expect(seenOf(world), why).toBe(seen);
}

test(`R61 of ${SCHEDULES} races between a host's requests and the loss of the role, none leaves a trace`, async () => {
  for (let seed = 1; seed <= SCHEDULES; seed++) await play(seed);
});
