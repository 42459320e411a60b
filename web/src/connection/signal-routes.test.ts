import type { LinkStanding } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { MeshStandings } from './mesh-standings.ts';
import { SignalRoutes } from './signal-routes.ts';

/** Routes of `me`, to links that stand as told; `says` is what neighbours say of their link to `to`. */
function routesWith(own: Record<string, LinkStanding>, says: Record<string, LinkStanding> = {}) {
  const standings = new MeshStandings();
  for (const [id, standing] of Object.entries(own)) standings.set(id, standing);
  for (const [from, standing] of Object.entries(says))
    standings.hear(from, [{ to: 'to', standing }]);
  const open = new Set(Object.keys(own));
  const full = new Set<string>();
  const sent: string[] = [];
  const routes = new SignalRoutes({
    self: 'me',
    standings,
    open,
    toServer: (to) => sent.push(`server to ${to}`),
    carry: (over) => {
      if (full.has(over) || !open.has(over)) return false;
      sent.push(over);
      return true;
    },
  });
  const send = (message: number, repetition: number, isNews = true) => {
    sent.length = 0;
    routes.send('to', 'sealed', { message, repetition, isNews });
    return sent.join();
  };
  return { routes, open, full, send };
}

describe('R39 the server', () => {
  test('R39 carries what both its connections can', () => {
    const { routes, send } = routesWith({ to: 'ok', c: 'ok' });
    routes.setServer(true);
    routes.setPresent('to', true);
    expect([routes.routeTo('to'), send(0, 0)]).toEqual(['server', 'server to to']);
  });

  test.each<[string, boolean, boolean]>([
    ['this page', false, true],
    ['the other', true, false],
  ])('R39 does not where %s is not connected to it', (_name, there, present) => {
    const { routes, send } = routesWith({ to: 'ok' });
    routes.setServer(there);
    routes.setPresent('to', present);
    expect([routes.routeTo('to'), send(0, 0)]).toEqual(['link', 'to']);
  });
});

describe('R39 without the server', () => {
  test('R39 the pair’s own link comes first where it works, and a neighbour gets the same in case it has just broken', () => {
    for (const standing of ['ok', 'weak'] as const) {
      const { routes, send } = routesWith({ to: standing, c: 'ok', d: 'ok' }, { c: 'ok' });
      expect([routes.routeTo('to'), send(0, 0), send(0, 1)]).toEqual(['link', 'to,c', 'to,d']);
    }
  });

  test('R39 what merely confirms goes one way, or the two ends would confirm each other’s doubles without end', () => {
    const { full, send } = routesWith({ to: 'ok', c: 'ok' }, { c: 'ok' });
    expect(send(0, 0, false)).toBe('to');
    full.add('to');
    expect(send(0, 0, false)).toBe('c');
  });

  test('R39 each repetition goes through another neighbour, and each signal begins with another', () => {
    const { send } = routesWith(
      { to: 'restoring', c: 'ok', d: 'ok', e: 'weak' },
      { c: 'ok', d: 'weak', e: 'ok' },
    );
    const ways = (message: number) => [0, 1, 2, 3].map((one) => send(message, one)).join('');
    expect([ways(0), ways(1), ways(2)]).toEqual(['cdec', 'decd', 'ecde']);
  });

  test('R40 neighbours who say that they have no way are asked only when there is nobody else', () => {
    const { routes, send } = routesWith(
      { to: 'lost', c: 'ok', d: 'ok', e: 'ok' },
      { c: 'lost', e: 'connecting' },
    );
    expect(routes.routeTo('to')).toBe('neighbours');
    expect([0, 1, 2].map((one) => send(0, one)).join('')).toBe('ddd');
  });

  test('R39 neighbours to whom one’s own link does not work are none', () => {
    const { routes, send } = routesWith({ to: 'lost', c: 'restoring', d: 'connecting', e: 'lost' });
    expect(routes.routeTo('to')).toBe(null);
    expect(send(0, 0)).toBe('to');
  });

  test('nobody counts as reached through those who say that they have no way, but they are tried', () => {
    const { routes, send } = routesWith({ to: 'lost', c: 'ok' }, { c: 'lost' });
    expect([routes.routeTo('to'), send(0, 0)]).toEqual([null, 'c']);
  });

  test('a channel that takes nothing more leaves it to the next', () => {
    const { full, open, send } = routesWith({ to: 'lost', c: 'ok', d: 'ok' });
    full.add('c');
    expect(send(0, 0)).toBe('d');
    open.delete('d');
    expect(send(0, 0)).toBe('to');
    open.delete('to');
    expect(send(0, 0)).toBe('');
  });

  test('a neighbour through whom the other was heard is asked first, and not again for a repetition', () => {
    const { routes, send } = routesWith({ c: 'ok', d: 'ok', e: 'ok' });
    routes.prove('to', 'e');
    expect([send(0, 0), send(0, 1), send(1, 0)]).toEqual(['e', 'd', 'e']);
    routes.forget('to');
    expect(send(0, 0)).toBe('c');
  });
});
