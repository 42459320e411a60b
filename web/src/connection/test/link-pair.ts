import type { Signal } from '@confab/protocol';
import { cameraEncoding } from '../camera-encoding.ts';
import type { Tracks } from '../link-connection.ts';
import { PeerLink } from '../peer-link.ts';
import { FakeConnection, fakeFingerprint } from './fake-connection.ts';
import { ManualClock } from './manual-clock.ts';

export const prints = { initiator: fakeFingerprint(1), other: fakeFingerprint(2) };
export type Name = keyof typeof prints;
const camera = cameraEncoding(2);

/** Two links and a wire between them that can be cut. */
export function pair({ reachable = true } = {}) {
  const clock = new ManualClock();
  const path = { works: true };
  const wire = { open: true, carried: [] as Signal[] };
  const make = (name: Name) => {
    const connections: FakeConnection[] = [];
    const log: string[] = [];
    const shown: Tracks[] = [];
    const refused: string[] = [];
    const carried: unknown[] = [];
    const link = new PeerLink({
      initiator: name === 'initiator',
      epoch: 0,
      fingerprint: prints[name === 'initiator' ? 'other' : 'initiator'],
      tracks: {},
      camera,
      clock,
      openConnection: (options, listener) => {
        const connection = new FakeConnection(options, listener, prints[name]);
        connection.works = path.works;
        connection.silent = !path.works;
        connections.push(connection);
        return connection;
      },
      iceServers: () => [{ urls: 'turn:now' }],
      send: (signal) => {
        const send = () => {
          wire.carried.push(signal);
          if (wire.open)
            clock.after(20, () =>
              ends[name === 'initiator' ? 'other' : 'initiator'].link.receive(signal),
            );
        };
        send();
        return send;
      },
      listener: {
        onChange: (standing, tracks) => {
          log.push(standing);
          shown.push(tracks);
        },
        onLevel: (byte) => log.push(`level ${byte}`),
        onCarried: (text) => carried.push(text),
        onBoard: () => undefined,
        onCarriedOpen: (open) => carried.push(open),
        onRefused: (kind) => refused.push(kind),
      },
    });
    return { link, connections, log, shown, refused, carried };
  };
  const ends = { initiator: make('initiator'), other: make('other') };
  const setReachable = (now: boolean) => {
    ends.initiator.link.setReachable(now);
    ends.other.link.setReachable(now);
  };
  /** Lets time pass in small steps, so that the fakes' own microtasks have their turn in between. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 10) {
      clock.advance(10);
      await Promise.resolve();
    }
  };
  /** Whether media gets from one to the other and back, now and over whatever connects next. */
  const setPath = (works: boolean) => {
    path.works = works;
    for (const connection of [...ends.initiator.connections, ...ends.other.connections]) {
      connection.works = works;
      connection.silent = !works;
    }
  };
  if (reachable) setReachable(true);
  return { ...ends, clock, wire, pass, setReachable, setPath };
}

export const last = <T>(list: T[]): T => {
  const item = list.at(-1);
  if (item === undefined) throw new Error('nothing there');
  return item;
};
