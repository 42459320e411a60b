import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { chromiumFlags, findChromium } from '../browser/chromium.ts';

/** The last that runs on every Node that Confab runs on. */
const LIGHTHOUSE = 'lighthouse@12.8.2';

export const forms = ['mobile', 'desktop'] as const;
/** Mobile: a middling phone on a slow network, which Lighthouse reckons from what the page did here. */
export type Form = (typeof forms)[number];

export const categories = ['performance', 'accessibility', 'best-practices'] as const;
export type Category = (typeof categories)[number];

/** What Lighthouse says of a page. */
export type Verdict = {
  /** From 0 to 100. */
  scores: Record<Category, number>;
  /** What the score for performance is made of, as Lighthouse writes it: `LCP 1.2 s`. */
  metrics: string[];
  /** The element that is painted largest, and in which the page's main content is said to have arrived. */
  largest: string;
  /** What a score other than the one for performance lacks. */
  faults: string[];
};

/** Has Lighthouse look at a page in a Chromium of its own, which was never there and has a camera that it lets everybody use. */
export async function lookAt(url: string, form: Form, tries = 3): Promise<Verdict> {
  try {
    return readVerdict(JSON.parse(await reportOn(url, form)) as Report);
  } catch (error) {
    // As it says itself where the browser kept something from it, which is chance and more frequent on a busy machine.
    if (tries > 1 && String(error).includes('Please run Lighthouse again'))
      return lookAt(url, form, tries - 1);
    throw error;
  }
}

async function reportOn(url: string, form: Form): Promise<string> {
  const { stdout } = await promisify(execFile)(
    'npm',
    [
      ...['exec', '--yes', '--prefer-offline', '--ignore-scripts', `--package=${LIGHTHOUSE}`, '--'],
      ...['lighthouse', url, '--output=json', '--quiet', '--disable-full-page-screenshot'],
      ...(form === 'desktop' ? ['--preset=desktop'] : []),
      `--only-categories=${categories.join(',')}`,
      `--chrome-flags=${['--headless=new', ...chromiumFlags].join(' ')}`,
    ],
    {
      // Not here, where npm would look for it among the project's own packages.
      cwd: tmpdir(),
      env: { ...process.env, CHROME_PATH: findChromium() },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return stdout;
}

/** As much of Lighthouse's report as is read here. */
type Report = {
  runtimeError?: { message: string };
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, Audit>;
};

type Audit = {
  title: string;
  score: number | null;
  displayValue?: string;
  details?: { items?: { items?: { node?: { selector?: string } }[] }[] };
};

const METRICS = {
  FCP: 'first-contentful-paint',
  LCP: 'largest-contentful-paint',
  TBT: 'total-blocking-time',
  CLS: 'cumulative-layout-shift',
  'speed index': 'speed-index',
};

function readVerdict({ runtimeError, categories: judged, audits }: Report): Verdict {
  if (runtimeError) throw new Error(`Lighthouse could not look: ${runtimeError.message}`);
  const score = (category: Category) => Math.round((judged[category]?.score ?? Number.NaN) * 100);
  const faults = (['accessibility', 'best-practices'] as const)
    .flatMap((category) => judged[category]?.auditRefs ?? [])
    .flatMap(({ id, weight }) => (weight > 0 ? (audits[id] ?? []) : []))
    .filter((audit) => audit.score !== null && audit.score < 1);
  const largest = audits['largest-contentful-paint-element']?.details?.items?.[0]?.items?.[0];
  return {
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
    },
    metrics: Object.entries(METRICS).map(
      ([name, id]) => `${name} ${audits[id]?.displayValue ?? 'unknown'}`,
    ),
    largest: largest?.node?.selector ?? 'unknown',
    faults: faults.map(({ title }) => title),
  };
}
