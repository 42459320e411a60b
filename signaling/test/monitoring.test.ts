import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestServer } from './test-server.ts';

const folder = new URL('../../deploy/monitoring/', import.meta.url);
const files = ['grafana-dashboard.json', 'alerts.yml'];

/** Prometheus makes it itself, for each server it asks. */
const ofPrometheus = ['up'];

test.each(files)('every figure in %s is one that the server has', async (name) => {
  const { url } = await startTestServer();
  const served = await (await fetch(`${url}/metrics`)).text();
  const known = new Set([...served.matchAll(/^# TYPE (\w+)/gm)].map(([, figure]) => figure));
  const figures = figuresIn(name);
  expect(figures.length).toBeGreaterThan(5);
  expect(figures.filter((figure) => !known.has(figure) && !ofPrometheus.includes(figure))).toEqual(
    [],
  );
});

test('every reason in the rules is one for which connections end', () => {
  const [, reason] = /reason="([^"]+)"/.exec(text('alerts.yml')) ?? [];
  // Socket.IO's own word.
  expect(reason).toBe('ping timeout');
});

/** The metrics that the expressions of a file ask for, a histogram's parts by the histogram's name. */
function figuresIn(name: string): string[] {
  const expressions = name.endsWith('.json')
    ? [...text(name).matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g)]
    : [...text(name).matchAll(/^ +expr: (.+)$/gm)];
  const figures = expressions.flatMap(([, expression = '']) =>
    [...expression.matchAll(/\b(up|(?:confab|process|nodejs)_\w+)\b/g)].map(([figure]) =>
      figure.replace(/_bucket$/, ''),
    ),
  );
  return [...new Set(figures)];
}

function text(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}
