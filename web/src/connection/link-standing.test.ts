import { expect, test } from 'vitest';
import type { Tracks } from './link-connection.ts';
import { StandingOfLink } from './link-standing.ts';

function standing() {
  const log: string[] = [];
  const shown: Tracks[] = [];
  const link = new StandingOfLink((now, tracks) => {
    log.push(now);
    shown.push(tracks);
  });
  return { link, log, shown };
}

test('R40 a link that begins, works, breaks and works again', () => {
  const { link, log } = standing();
  const tracks = {};
  link.tracksKnown(tracks);
  link.connected(tracks);
  link.connected(tracks);
  link.troubled();
  link.troubled();
  link.connected(tracks);
  expect(log).toEqual(['connecting', 'ok', 'restoring', 'ok']);
});

test('R40 it is lost after three tries without success, however they are told, and then until it works', () => {
  const { link, log } = standing();
  link.connected({});
  link.failed(2);
  link.failed(1);
  link.troubled();
  link.failed(3);
  expect(log).toEqual(['ok', 'restoring', 'lost']);
  link.connected({});
  link.failed(1);
  expect(log.slice(3)).toEqual(['ok', 'restoring']);
});

test('R40 weak is a way of working: before it works and while it is restored it shows nowhere', () => {
  const { link, log } = standing();
  link.weak(true);
  link.connected({});
  link.weak(false);
  link.weak(true);
  link.troubled();
  link.weak(false);
  expect(log).toEqual(['weak', 'ok', 'weak', 'restoring']);
});

test('of a link made anew, the tracks of the last connection stay until the new one works', () => {
  const { link, shown } = standing();
  const [before, after] = [{}, {}];
  link.tracksKnown(before);
  link.connected(before);
  link.troubled();
  link.tracksKnown(after);
  expect(shown.every((tracks) => tracks === before)).toBe(true);
  link.connected(after);
  expect(shown.at(-1)).toBe(after);
});

test('R26 who cannot be believed at the beginning is lost; later it changes nothing', () => {
  const { link, log } = standing();
  link.refused();
  expect(log).toEqual(['lost']);
  link.connected({});
  link.refused();
  expect(log).toEqual(['lost', 'ok']);
});
