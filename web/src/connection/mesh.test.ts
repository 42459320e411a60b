import type { SignalBody } from '@confab/protocol';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Mesh } from './mesh.ts';
import { FakeConnection, fakeSdp } from './test/fake-connection.ts';
import { ManualClock } from './test/manual-clock.ts';
import { meetingId, person } from './test/sealed-people.ts';

// Sealing takes the time it takes on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 10 });

type Person = Awaited<ReturnType<typeof person>>;
let me: Person;
let early: Person;
let late: Person;

beforeEach(async () => {
  early = await person(10, 1);
  me = await person(11, 2);
  late = await person(12, 3);
});

function meshOf() {
  const clock = new ManualClock();
  const connections: FakeConnection[] = [];
  const transmitted: string[] = [];
  const refused: string[] = [];
  const mesh = new Mesh({
    meetingId,
    self: me.self,
    sealer: me.sealer,
    tracks: {},
    clock,
    openConnection: (options, listener) => {
      const connection = new FakeConnection(options, listener, me.fingerprint);
      connections.push(connection);
      return connection;
    },
    iceServers: () => [],
    toServer: (to) => transmitted.push(to),
    listener: {
      onBoard: () => undefined,
      onLink: () => undefined,
      onLevel: () => undefined,
      onStandings: () => undefined,
      onRefused: (_from, kind) => refused.push(kind),
    },
  });
  mesh.setConnected(true);
  const open = () => connections.filter(({ closed }) => !closed).length;
  return { mesh, clock, connections, transmitted, refused, open };
}

/** An offer from `from` to this page. */
function offerOf(from: Person, epoch = 1): Promise<string> {
  const body: SignalBody = { type: 'offer', sdp: fakeSdp(from.fingerprint) };
  return from.sealer.sealSignal(me.self, { epoch, seq: 1, ack: 0, body });
}

describe('fitting the meeting', () => {
  test('R30 this page calls those who were here before it, and waits for those who came after', () => {
    const { mesh, connections } = meshOf();
    mesh.reconcile([early.known, me.known, late.known]);
    expect(connections.map(({ initiator }) => initiator)).toEqual([true]);
  });

  test('the links are begun when this page’s offers are out', async () => {
    const { mesh, transmitted } = meshOf();
    mesh.reconcile([early.known, me.known, late.known]);
    await mesh.begun();
    expect(transmitted).toEqual([early.self.participantId]);
  });

  test('a link that is closed keeps nobody waiting for its offer', async () => {
    const { mesh, transmitted } = meshOf();
    mesh.setConnected(false);
    mesh.reconcile([early.known, me.known]);
    const begun = mesh.begun();
    mesh.close();
    await begun;
    expect(transmitted).toEqual([]);
  });

  test('R7 the same snapshot again changes nothing', () => {
    const { mesh, connections, open } = meshOf();
    for (let times = 0; times < 5; times++) mesh.reconcile([early.known, me.known]);
    expect([connections.length, open()]).toEqual([1, 1]);
  });

  test('whoever is gone has no link', () => {
    const { mesh, open } = meshOf();
    mesh.reconcile([early.known, me.known]);
    mesh.reconcile([me.known]);
    expect(open()).toBe(0);
  });

  test('R20 whoever’s hello does not open has none', () => {
    const { mesh, connections } = meshOf();
    mesh.reconcile([{ ...early.known, identity: null }, me.known]);
    expect(connections).toEqual([]);
  });

  test('R9 whoever is reconnecting is not called yet, but keeps the link there is', () => {
    const { mesh, connections, open } = meshOf();
    mesh.reconcile([{ ...early.known, presence: 'reconnecting' }, me.known]);
    expect(connections).toEqual([]);
    mesh.reconcile([early.known, me.known]);
    expect(open()).toBe(1);
    mesh.reconcile([{ ...early.known, presence: 'reconnecting' }, me.known]);
    expect(open()).toBe(1);
  });

  test.each<[string, () => Promise<Person>]>([
    ['R8 another page load', () => person(10, 1, early.self.incarnation.replace(/^./, 'Q'))],
    ['R11 another arrival', () => person(10, 9, early.self.incarnation)],
  ])('%s means another link', async (_name, again) => {
    const { mesh, connections, open } = meshOf();
    mesh.reconcile([early.known, me.known]);
    mesh.reconcile([me.known, (await again()).known]);
    expect(connections[0]?.closed).toBe(true);
    expect(open()).toBeLessThanOrEqual(1);
  });

  test('the more people, the less for each', () => {
    const { mesh, connections } = meshOf();
    mesh.reconcile([early.known, me.known]);
    expect(connections[0]?.camera).toEqual({ maxBitrate: 1_200_000, scaleResolutionDownBy: 1 });
    mesh.reconcile([early.known, me.known, late.known, { ...late.known, id: 'another' }]);
    expect(connections[0]?.camera).toEqual({ maxBitrate: 500_000, scaleResolutionDownBy: 1 });
  });
});

describe('signals', () => {
  test('one that comes before its sender’s snapshot waits for it', async () => {
    const { mesh, connections, refused } = meshOf();
    mesh.reconcile([me.known]);
    await mesh.accept(late.self.participantId, await offerOf(late));
    expect(connections).toEqual([]);
    mesh.reconcile([me.known, late.known]);
    await eventually(() =>
      expect(connections.map(({ accepted }) => accepted)).toEqual([['offer x']]),
    );
    expect(refused).toEqual([]);
  });

  test('of one sender not more than 64 wait, and not longer than 10 s', async () => {
    const { mesh, clock, refused } = meshOf();
    mesh.reconcile([me.known]);
    const offer = await offerOf(late);
    for (let times = 0; times < 70; times++) await mesh.accept(late.self.participantId, offer);
    expect(refused).toHaveLength(6);
    clock.advance(10_000);
    expect(refused).toHaveLength(70);
    expect(clock.next).toBe(Infinity);
  });

  test('R19 what an earlier link has opened is not opened by the next to the same page load', async () => {
    const { mesh, connections, refused } = meshOf();
    mesh.reconcile([me.known, late.known]);
    const offer = await offerOf(late, 5);
    await mesh.accept(late.self.participantId, offer);
    expect(connections).toHaveLength(1);
    mesh.reconcile([me.known]);
    mesh.reconcile([me.known, late.known]);
    await mesh.accept(late.self.participantId, offer);
    expect(connections).toHaveLength(1);
    expect(refused).toEqual(['repeated']);
  });

  test('R31 the epochs of an earlier link are over for the next to the same page load', async () => {
    const { mesh, connections, refused } = meshOf();
    mesh.reconcile([me.known, late.known]);
    await mesh.accept(late.self.participantId, await offerOf(late, 5));
    mesh.reconcile([me.known]);
    mesh.reconcile([me.known, late.known]);
    await mesh.accept(late.self.participantId, await offerOf(late, 4));
    expect(connections).toHaveLength(1);
    expect(refused).toEqual(['stale']);
    await mesh.accept(late.self.participantId, await offerOf(late, 6));
    expect(connections).toHaveLength(2);
  });

  test('R24 a repetition is confirmed again, because its confirmation was lost', async () => {
    const { mesh, clock, transmitted, refused } = meshOf();
    mesh.reconcile([me.known, late.known]);
    const offer = await offerOf(late);
    await mesh.accept(late.self.participantId, offer);
    clock.advance(100);
    await eventually(() => expect(transmitted).not.toEqual([]));
    const before = transmitted.length;
    await mesh.accept(late.self.participantId, offer);
    expect(refused).toEqual(['repeated']);
    clock.advance(100);
    await eventually(() => expect(transmitted.length).toBeGreaterThan(before));
  });

  test('D14 an offer that came too soon after others is taken when it is repeated', async () => {
    const { mesh, clock, connections, refused } = meshOf();
    mesh.reconcile([me.known, late.known]);
    for (let epoch = 1; epoch <= 4; epoch++) {
      await mesh.accept(late.self.participantId, await offerOf(late, epoch));
    }
    const fifth = await offerOf(late, 5);
    await mesh.accept(late.self.participantId, fifth);
    expect(connections).toHaveLength(4);
    clock.advance(1_000);
    await mesh.accept(late.self.participantId, fifth);
    expect(connections).toHaveLength(5);
    expect(refused).toEqual([]);
  });
});

describe('signals without the server', () => {
  /** `late` is connected, and says that its link to `early` works; this page's offer to `early` has no answer. */
  async function withNeighbour() {
    const all = meshOf();
    all.mesh.reconcile([early.known, me.known, late.known]);
    await all.mesh.accept(late.self.participantId, await offerOf(late));
    const neighbour = all.connections.find(({ initiator }) => !initiator);
    if (!neighbour) throw new Error('The offer made no connection.');
    const links = [{ to: early.self.participantId, standing: 'ok' }];
    neighbour.listener.onCarried(JSON.stringify({ type: 'links', links }));
    await all.mesh.begun();
    const signals = () => neighbour.carried.filter((text) => text.includes('"signal"'));
    return { ...all, neighbour, signals };
  }
  const texts = (carried: string[]) => carried.map((text) => JSON.parse(text) as unknown);

  test('R24 R39 what was under way when the server was lost is repeated at once on another way', async () => {
    const { mesh, signals } = await withNeighbour();
    expect(signals()).toEqual([]);
    mesh.setConnected(false);
    await eventually(() => expect(signals()).not.toEqual([]));
    const [from, to] = [me.self.participantId, early.self.participantId];
    expect(texts(signals())[0]).toMatchObject({ type: 'signal', from, to });
  });

  test('R24 and when the server is back, through it', async () => {
    const { mesh, signals, transmitted } = await withNeighbour();
    mesh.setConnected(false);
    await eventually(() => expect(signals()).not.toEqual([]));
    const before = transmitted.length;
    mesh.setConnected(true);
    await eventually(() => expect(transmitted.length).toBeGreaterThan(before));
  });

  test('R40 how links stand is told when it changes, and not because a track does', async () => {
    const { clock, neighbour } = await withNeighbour();
    const told = () => neighbour.carried.filter((text) => text.includes('"links"')).length;
    clock.advance(1_000);
    const before = told();
    neighbour.listener.onTracks({ screen: {} as MediaStreamTrack });
    neighbour.listener.onState('connected');
    clock.advance(1_000);
    expect(told()).toBe(before);
    neighbour.listener.onState('disconnected');
    clock.advance(1_000);
    expect(told()).toBeGreaterThan(before);
  });

  test('R39 a stranger’s signals are refused, and counted for who passed them on', async () => {
    const { mesh, neighbour, refused } = await withNeighbour();
    mesh.reconcile([early.known, me.known, late.known]);
    const stranger = await person(99, 9);
    const sealed = await offerOf(stranger);
    const [from, to] = [stranger.self.participantId, me.self.participantId];
    neighbour.listener.onCarried(JSON.stringify({ type: 'signal', from, to, sealed }));
    expect(refused).toEqual(['stale']);
  });

  test('R19 those of a page load that the server has not told of are refused as well', async () => {
    const { neighbour, connections, refused } = await withNeighbour();
    const again = await person(12, 3, early.self.incarnation);
    const sealed = await offerOf(again, 2);
    const [from, to] = [again.self.participantId, me.self.participantId];
    neighbour.listener.onCarried(JSON.stringify({ type: 'signal', from, to, sealed }));
    await eventually(() => expect(refused).toEqual(['stale']));
    expect(connections).toHaveLength(2);
  });
});
