import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isWithin } from '../run.mjs';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url)));

test.each([
  ['18.20.4', false],
  ['20.18.9', false],
  ['20.19.0', true],
  ['20.20.1', true],
  ['21.7.3', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['23.0.0', true],
  ['24.1.0', true],
])('Node %s: %s, as package.json says', (version, isTaken) => {
  expect(isWithin(engines.node, version)).toBe(isTaken);
});
