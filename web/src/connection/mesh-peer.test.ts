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
  setLocalDescription() {
    this.localDescription = { type: 'offer', sdp: 'v=0' };
    return Promise.resolve();
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

function construct() {
  const states: string[] = [];
  const peer = new MeshPeer({
    initiator: true,
    config: { iceServers: [] },
    beforeAnswer: () => Promise.resolve(),
    onStateChange: (state) => states.push(state),
  });
  return { peer, states, connection: peer.connection as unknown as NoConnection };
}

describe('what MeshPeer relies on in simple-peer', () => {
  test('its version is the one that was read', () => {
    expect(manifest.version).toBe('9.11.1');
  });

  test.each([
    'signal',
    'negotiate',
    'destroy',
    '_createAnswer',
    '_addIceCandidate',
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
    expect(fields._isNegotiating).toBe(false);
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

  test('the offer waits for no other task', async () => {
    const { peer } = construct();
    const signals: unknown[] = [];
    peer.on('signal', (signal) => signals.push(signal));
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    expect(signals).toEqual([{ type: 'offer', sdp: 'v=0' }]);
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
