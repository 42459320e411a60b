import manifest from 'simple-peer/package.json';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MeshPeer } from './mesh-peer.ts';

/** Enough of a browser's connection for the library to be constructed. */
class NoConnection {
  connectionState = 'new';
  iceConnectionState = 'new';
  signalingState = 'stable';
  onconnectionstatechange: () => void = () => undefined;
  oniceconnectionstatechange: () => void = () => undefined;
  createDataChannel() {
    return { readyState: 'connecting', close: () => undefined };
  }
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  onsignalingstatechange: () => void = () => undefined;
  ondatachannel: (event: { channel: object }) => void = () => undefined;
  onicecandidate: (event: { candidate: object | null }) => void = () => undefined;
  configuration: RTCConfiguration = { iceServers: [], bundlePolicy: 'max-bundle' };
  /** What was asked of it, in order. */
  readonly log: string[] = [];
  #descriptions = 0;
  async setLocalDescription(description?: RTCSessionDescriptionInit) {
    // A browser takes its time over everything.
    await new Promise((done) => setTimeout(done, 1));
    this.log.push(description?.type ?? 'describe');
    if (description?.type === 'rollback') this.signalingState = 'stable';
    else {
      const type = this.signalingState === 'have-remote-offer' ? 'answer' : 'offer';
      this.#descriptions += 1;
      this.localDescription = { type, sdp: `${type} ${this.#descriptions}` };
      this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    }
  }
  async setRemoteDescription(description: RTCSessionDescriptionInit) {
    await new Promise((done) => setTimeout(done, 1));
    this.log.push(`use ${description.sdp}`);
    this.remoteDescription = description;
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
  }
  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    this.log.push(`candidate ${candidate.candidate}`);
    return candidate.candidate === 'odd' ? Promise.reject(new Error('odd')) : Promise.resolve();
  }
  restartIce() {
    this.log.push('restart');
  }
  getConfiguration() {
    return this.configuration;
  }
  setConfiguration(configuration: RTCConfiguration) {
    this.configuration = configuration;
  }
  getTransceivers() {
    return [];
  }
  getStats = vi.fn(() => Promise.resolve([]));
  close() {
    return undefined;
  }
}

beforeEach(() => {
  for (const name of ['RTCSessionDescription', 'RTCIceCandidate']) vi.stubGlobal(name, Object);
  vi.stubGlobal('RTCPeerConnection', NoConnection);
});
afterEach(() => vi.unstubAllGlobals());

function construct({ initiator = true } = {}) {
  const states: string[] = [];
  const signals: string[] = [];
  const peer = new MeshPeer({
    initiator,
    config: { iceServers: [] },
    beforeAnswer: () => undefined,
    onAnswered: () => undefined,
    onStateChange: (state) => states.push(state),
  });
  peer.on('signal', (signal) =>
    signals.push('sdp' in signal ? signal.sdp : JSON.stringify(signal)),
  );
  return { peer, states, signals, connection: peer.connection as unknown as NoConnection };
}

/** Resolves when everything that is being described has been: each turn comes after the step that began before it, however late. */
const described = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setTimeout(done, 1));
};

describe('what MeshPeer relies on in simple-peer', () => {
  test('its version is the one that was read', () => {
    expect(manifest.version).toBe('9.11.1');
  });

  test.each([
    'negotiate',
    'destroy',
    '_onIceCandidate',
    '_onIceStateChange',
    '_onConnectionStateChange',
    '_maybeReady',
    '_onChannelMessage',
    '_setupData',
  ])('it has the method %s', (name) => {
    const methods = Object.getPrototypeOf(MeshPeer.prototype) as Record<string, unknown>;
    expect(methods[name]).toBeTypeOf('function');
  });

  test('it has the fields', () => {
    const fields = construct().peer as unknown as Record<string, unknown>;
    expect(fields._pc).toBeInstanceOf(NoConnection);
    expect(fields._channel).toHaveProperty('readyState');
    expect(fields.initiator).toBe(true);
    expect([fields.destroyed, fields.destroying]).toEqual([false, false]);
  });
});

describe('what MeshPeer changes', () => {
  test('a failed connection is told, and not destroyed', () => {
    const { peer, states, connection } = construct();
    connection.connectionState = 'failed';
    connection.onconnectionstatechange();
    connection.iceConnectionState = 'failed';
    connection.oniceconnectionstatechange();
    expect(states).toEqual(['failed']);
    expect([peer.destroying, peer.destroyed]).toEqual([false, false]);
  });

  test.each([true, false])(
    'R95 a channel for the board is told, whether one initiates: %s',
    (initiator) => {
      const { peer, connection } = construct({ initiator });
      const told: unknown[] = [];
      peer.on('board', (channel) => told.push(channel));
      const open = (label: string) => {
        const channel = { label, readyState: 'open', close: vi.fn() };
        connection.ondatachannel({ channel });
        return channel;
      };
      if (!initiator) open('the library’s own');
      const [other, board] = [open('another'), open('board')];
      expect(other.close).toHaveBeenCalledOnce();
      expect(told).toEqual([board]);
    },
  );

  test('the offer waits for no other task', async () => {
    const { connection } = construct();
    const describe = vi.spyOn(connection, 'setLocalDescription');
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    expect(describe).toHaveBeenCalledOnce();
  });

  test('R31 a restart is another offer, with the ICE servers of the moment', async () => {
    const { peer, connection, signals } = construct();
    await described();
    peer.acceptDescription({ type: 'answer', sdp: 'answer' });
    peer.restart([{ urls: 'turn:now' }]);
    await described();
    expect(connection.log).toEqual(['describe', 'use answer', 'restart', 'describe']);
    expect(connection.configuration).toEqual({
      iceServers: [{ urls: 'turn:now' }],
      bundlePolicy: 'max-bundle',
    });
    expect(signals).toEqual(['offer 1', 'offer 2']);
  });

  test('R34 a restart without answer is taken back before another is offered', async () => {
    const { peer, connection, signals } = construct();
    await described();
    peer.acceptDescription({ type: 'answer', sdp: 'answer' });
    await described();
    connection.log.length = 0;
    peer.restart(null);
    await described();
    peer.restart(null);
    await described();
    expect(connection.log).toEqual(['restart', 'describe', 'rollback', 'restart', 'describe']);
    expect(signals).toEqual(['offer 1', 'offer 2', 'offer 3']);
  });

  test('R32 R34 the first offer is told again as it is, so that its sections keep their order', async () => {
    const { peer, connection, signals } = construct();
    await described();
    peer.restart(null);
    await described();
    expect(connection.log).toEqual(['describe']);
    expect(signals).toEqual(['offer 1', 'offer 1']);
  });

  test('R34 an answer that comes while another offer is being made is passed over, and so is a second one', async () => {
    const { peer, connection } = construct();
    await described();
    peer.restart(null);
    peer.acceptDescription({ type: 'answer', sdp: 'late' });
    await described();
    peer.acceptDescription({ type: 'answer', sdp: 'right' });
    peer.acceptDescription({ type: 'answer', sdp: 'again' });
    await described();
    expect(connection.log.filter((entry) => entry.startsWith('use'))).toEqual(['use right']);
    expect(peer.destroyed).toBe(false);
  });

  test('R34 of two offers that come at once the latest is answered, once', async () => {
    const { peer, connection, signals } = construct({ initiator: false });
    peer.acceptDescription({ type: 'offer', sdp: 'one' });
    await Promise.resolve();
    peer.acceptDescription({ type: 'offer', sdp: 'two' });
    await described();
    expect(signals).toEqual(['answer 2']);
    expect(connection.log).toEqual(['use one', 'describe', 'use two', 'describe']);
  });

  test('R31 candidates name their generation, wait for a description, and an odd one does no harm', async () => {
    const { peer, connection, signals } = construct({ initiator: false });
    peer.acceptCandidate({ candidate: 'early' });
    peer.acceptDescription({ type: 'offer', sdp: 'one' });
    await described();
    peer.acceptCandidate({ candidate: 'odd' });
    await described();
    expect(connection.log).toEqual(['use one', 'candidate early', 'describe', 'candidate odd']);
    expect(peer.destroyed).toBe(false);
    const found = { candidate: 'c', sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'ufrag' };
    connection.onicecandidate({ candidate: found });
    connection.onicecandidate({ candidate: { ...found, candidate: '' } });
    connection.onicecandidate({ candidate: null });
    expect(signals.slice(1)).toEqual([JSON.stringify({ type: 'candidate', candidate: found })]);
  });

  test('what the browser cannot describe ends it', async () => {
    const { peer, connection } = construct();
    const fault = new Error('no ports left');
    connection.setLocalDescription = () => Promise.reject(fault);
    const failed = new Promise<Error>((resolve) => peer.on('error', resolve));
    expect(await failed).toBe(fault);
    expect(peer.connection).toBeNull();
  });

  test('after the end there is no connection', async () => {
    const { peer } = construct();
    const closed = new Promise<void>((resolve) => peer.on('close', resolve));
    peer.destroy();
    await closed;
    expect(peer.connection).toBeNull();
  });

  test('a connection that works is not asked for its statistics', () => {
    const { connection, peer } = construct();
    connection.iceConnectionState = 'connected';
    connection.oniceconnectionstatechange();
    (peer as unknown as { _onChannelOpen(): void })._onChannelOpen();
    expect(connection.getStats).not.toHaveBeenCalled();
  });

  test('what arrives on the library’s channel does not pile up', () => {
    const { peer } = construct();
    const inside = peer as unknown as {
      _onChannelMessage(event: { data: ArrayBuffer }): void;
      readableLength: number;
    };
    inside._onChannelMessage({ data: new ArrayBuffer(1_000) });
    expect(inside.readableLength).toBe(0);
  });
});
