import { expect, test, vi } from 'vitest';
import { Doorstep } from './doorstep.ts';
import { Emitter } from './emitter.ts';
import type { SignalingEvents, SignalingOptions } from './signaling-client.ts';
import { pageSurroundings } from './surroundings.ts';

function doorstep() {
  const asked: SignalingOptions[] = [];
  const client = {
    events: new Emitter<SignalingEvents>(),
    connect: vi.fn(),
    reconnect: vi.fn(),
    request: vi.fn(),
    send: vi.fn(),
    close: vi.fn(),
  };
  const connectTo = (options: SignalingOptions) => {
    asked.push(options);
    return client;
  };
  const made = new Doorstep({ token: 'early' }, { ...pageSurroundings, connectTo });
  return { made, client, token: () => asked[0]?.token() };
}

test('it connects with the token of the admission, and asks for nothing', () => {
  const { client, token } = doorstep();
  expect(client.connect).toHaveBeenCalledOnce();
  expect(token()).toBe('early');
  expect([client.request, client.send].map((one) => one.mock.calls)).toEqual([[], []]);
});

test.each(['lost', 'trying'] as const)(
  'a connection that ends before it is wanted is not made again: %s',
  (news) => {
    const { client } = doorstep();
    client.events.emit(news, null);
    expect(client.close).toHaveBeenCalledOnce();
  },
);

test('it knows that a connection which stood has ended, and does not mistake a failed try for that', () => {
  const { made, client } = doorstep();
  client.events.emit('trying', null);
  expect(made.isLost).toBe(false);
  client.events.emit('lost', null);
  expect(made.isLost).toBe(true);
});

test('once handed over it is its new owner’s to hold, with its new owner’s token', () => {
  const { made, client, token } = doorstep();
  expect(made.handOver(() => 'latest')).toBe(client);
  client.events.emit('lost', null);
  expect(client.close).not.toHaveBeenCalled();
  expect(token()).toBe('latest');
});

test('whoever goes away lets it go', () => {
  const { made, client } = doorstep();
  made.close();
  expect(client.close).toHaveBeenCalledOnce();
});
