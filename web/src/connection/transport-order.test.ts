import { expect, test } from 'vitest';
import { type Transport, TransportOrder } from './transport-order.ts';

const both: Transport[] = ['websocket', 'polling'];
const firstOf = ({ transports }: { transports: Transport[] }) => transports[0];

test('the first try takes the first way, and the other within the same try', () => {
  expect(new TransportOrder(both).first).toEqual({ transports: both, tryAllTransports: true });
});

test('whoever is turned down asks by polling, which browsers do not hold back, and moves on from there', () => {
  const order = new TransportOrder(both);
  order.connected();
  for (let times = 0; times < 5; times++) {
    expect(order.afterFailure('refused')).toEqual({
      transports: ['polling', 'websocket'],
      tryAllTransports: false,
    });
  }
});

test('where nothing answers at first, the ways take turns', () => {
  const order = new TransportOrder(both);
  const tried = [1, 2, 3, 4].map(() => firstOf(order.afterFailure('silent')));
  expect(tried).toEqual(['polling', 'websocket', 'polling', 'websocket']);
});

test('where one has been connected, silence is met with WebSocket, and every fourth time with polling', () => {
  const order = new TransportOrder(both);
  order.connected();
  const tried = [1, 2, 3, 4, 5, 6, 7].map(() => firstOf(order.afterFailure('silent')));
  expect(tried.map((one) => one?.[0]).join('')).toBe('wwpwwwp');
});

test('a way that is not allowed is never taken', () => {
  for (const only of both) {
    const order = new TransportOrder([only]);
    for (const how of ['refused', 'silent', 'silent', 'silent'] as const)
      expect(order.afterFailure(how).transports).toEqual([only]);
  }
});
