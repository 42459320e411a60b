import { type Finding, type Subject, standingOf, subjects } from '../call/check/findings.ts';
import * as m from '../paraglide/messages.js';
import { nameOf, sentenceFor, standingWords } from './check-words.ts';

/** The check as text for whoever helps. Names of devices and addresses are in it only `withDetails`. */
export function reportOf(
  found: Record<Subject, Finding>,
  browser: string,
  withDetails: boolean,
): string {
  const lines = subjects.map((subject) => {
    const finding = found[subject];
    const line = `${nameOf(subject)}: ${standingWords[standingOf(finding)]()}. ${sentenceFor(subject, finding)}`;
    const details = withDetails ? (finding.details ?? []).filter((detail) => detail !== '') : [];
    return [line, ...new Set(details.map((detail) => `  ${detail}`))].join('\n');
  });
  return [m.check_report_heading(), `${m.check_report_browser()}: ${browser}`, ...lines].join('\n');
}
