import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cameraEncoding } from './camera-encoding.ts';
import { MediaConnection } from './media-connection.ts';
import { ManualClock } from './test/manual-clock.ts';

type Channel = {
  label: string;
  readyState: string;
  onmessage: (event: { data: unknown }) => void;
  send: () => void;
  close: () => void;
};

/** Enough of a browser's connection to be opened, looked at and closed. */
class NoConnection {
  static made: NoConnection[] = [];
  readonly configuration: RTCConfiguration;
  readonly channels: Channel[] = [];
  connectionState = 'new';
  iceConnectionState = 'new';
  signalingState = 'stable';
  localDescription = null;

  constructor(configuration: RTCConfiguration) {
    this.configuration = configuration;
    NoConnection.made.push(this);
  }
  createDataChannel(label: string) {
    const nothing = () => undefined;
    const channel = {
      label,
      readyState: 'open',
      onmessage: nothing,
      send: nothing,
      close: nothing,
    };
    this.channels.push(channel);
    return channel;
  }
  addTransceiver() {
    const pair = { timestamp: 1_020, lastPacketReceivedTimestamp: 1_000 };
    const report = new Map<string, object>([
      ['t', { type: 'transport', bytesReceived: 500 }],
      ['p', { type: 'candidate-pair', ...pair }],
    ]);
    return { receiver: { track: {}, getStats: () => Promise.resolve(report) }, sender: {} };
  }
  setLocalDescription() {
    return Promise.resolve();
  }
  close() {
    return undefined;
  }
}

beforeEach(() => {
  NoConnection.made = [];
  for (const name of ['RTCSessionDescription', 'RTCIceCandidate']) vi.stubGlobal(name, Object);
  vi.stubGlobal('RTCPeerConnection', NoConnection);
});
afterEach(() => vi.unstubAllGlobals());

function open({ relayOnly = false, isPrivate = false, iceServers = [] as RTCIceServer[] } = {}) {
  const listener = {
    onSignal: vi.fn(),
    onState: vi.fn(),
    onTracks: vi.fn(),
    onLevel: vi.fn(),
    onCarried: vi.fn(),
    onBoard: vi.fn(),
    onCarriedOpen: vi.fn(),
    onEnd: vi.fn(),
  };
  const connection = new MediaConnection(
    {
      iceServers,
      certificate: {} as RTCCertificate,
      relayOnly: isPrivate,
      clock: new ManualClock(),
    },
    { initiator: true, tracks: {}, camera: cameraEncoding(2), relayOnly },
    listener,
  );
  const inside = NoConnection.made.at(-1);
  if (!inside) throw new Error('no connection was made');
  return { connection, inside, listener };
}

test.each([
  ['a relay over UDP', [{ urls: 'turn:relay.example' }], 'relay'],
  ['one over TLS among others', [{ urls: ['stun:a.example', 'turns:b.example'] }], 'relay'],
  ['no relay at all', [{ urls: 'stun:a.example' }], undefined],
])('R34 relays alone are used where there are any: %s', (_name, iceServers, policy) => {
  expect(open({ relayOnly: true, iceServers }).inside.configuration.iceTransportPolicy).toBe(
    policy,
  );
  expect(open({ iceServers }).inside.configuration.iceTransportPolicy).toBeUndefined();
});

test('R50 whoever is relay only uses relays alone, also where there are none', () => {
  const { iceTransportPolicy } = open({ isPrivate: true, iceServers: [] }).inside.configuration;
  expect(iceTransportPolicy).toBe('relay');
});

test('a browser that cannot read an address makes a connection without any, and says so', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue();
  class Refusing extends NoConnection {
    constructor(configuration: RTCConfiguration) {
      if (configuration.iceServers?.length) throw new TypeError('stun:host:99999 is no address');
      super(configuration);
    }
  }
  vi.stubGlobal('RTCPeerConnection', Refusing);
  const { inside, listener } = open({ iceServers: [{ urls: 'stun:host:99999' }] });
  expect(inside.configuration.iceServers).toEqual([]);
  await vi.waitFor(() => expect(warn.mock.lastCall?.join(' ')).toContain('is no address'));
  expect(listener.onEnd).not.toHaveBeenCalled();
  // Whoever is to be seen by relays alone is not seen without one.
  const servers = [{ urls: 'turn:host:99999' }];
  const hidden = open({ isPrivate: true, iceServers: servers }).inside.configuration;
  expect(hidden).toMatchObject({ iceServers: [], iceTransportPolicy: 'relay' });
  warn.mockRestore();
});

test('what the browser counts and what came on the channels has arrived', async () => {
  const { connection, inside, listener } = open();
  expect(await connection.received()).toEqual({ bytes: 500, checks: 0, age: 20 });
  const channel = (label: string) => inside.channels.find((one) => one.label === label);
  channel('levels')?.onmessage({ data: Uint8Array.of(7).buffer });
  channel('signals')?.onmessage({ data: 'text' });
  expect(await connection.received()).toEqual({ bytes: 502, checks: 0, age: 20 });
  expect(listener.onLevel).toHaveBeenCalledWith(7);
  expect(listener.onCarried).toHaveBeenCalledWith('text');
});

test('R34 a connection that the browser has closed without a word is over', async () => {
  const { connection, inside, listener } = open();
  inside.signalingState = 'closed';
  await connection.received();
  await vi.waitFor(() => expect(listener.onEnd).toHaveBeenCalledOnce());
});

test('nothing is told after the end', () => {
  const { connection, inside, listener } = open();
  connection.close();
  for (const { onmessage } of inside.channels) onmessage({ data: 'text' });
  expect(listener.onCarried).not.toHaveBeenCalled();
  expect(listener.onEnd).not.toHaveBeenCalled();
});
