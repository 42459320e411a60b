import { expect, test } from 'vitest';
import {
  type Finding,
  type FindingName,
  type Subject,
  findings,
  subjects,
} from '../call/check/findings.ts';
import { reportOf } from './check-report.ts';
import { sentenceFor } from './check-words.ts';

const found = Object.fromEntries(
  subjects.map((subject) => [
    subject,
    { name: 'relay-fine', ms: 12.4, details: [`secret detail of ${subject}`, ''] },
  ]),
) as Record<Subject, Finding>;

test('every finding has a sentence of its own, with nothing left to fill in', () => {
  const names = (Object.keys(findings) as FindingName[]).filter((name) => name !== 'device-fails');
  const sentences = names.map((name) => sentenceFor('relay-tls', { name, ms: 3 }));
  expect(new Set(sentences).size).toBe(names.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^{}]+[.?…]$/);
});

test('a camera that is not allowed is told otherwise than one that is not there', () => {
  const says = (trouble: 'denied' | 'none') =>
    sentenceFor('camera', { name: 'device-fails', trouble });
  expect(says('denied')).toContain('not allowed here');
  expect(says('none')).toContain('No camera was found');
});

test('the report names every subject, and devices and addresses only for who wants that', () => {
  const report = reportOf(found, 'Browser/1', false);
  expect(report).toContain('Browser/1');
  expect(report).toContain('Relay (TURN) over TLS: Works. Carries data, 12 ms away.');
  expect(report.split('\n')).toHaveLength(2 + subjects.length);
  expect(report).not.toContain('secret');
  expect(reportOf(found, 'Browser/1', true)).toContain('  secret detail of camera');
});
