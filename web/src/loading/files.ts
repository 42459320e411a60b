import { NotThere } from './persist.ts';

const held = new Map<string, Promise<void>>();

/** Fetches one of the app's files unless it is here: a stylesheet takes effect, a script lies in the browser's cache. */
export function hold(file: string): Promise<void> {
  const { href } = new URL(file, location.origin);
  const holding = held.get(href) ?? (isHere(href) ? Promise.resolve() : fetchFile(href));
  held.set(href, holding);
  // Whoever waits for it hears of the failure; the next one asks again.
  holding.catch(() => held.delete(href));
  return holding;
}

/** Has scripts among `files` fetched again when they are next wanted: what lay in the cache may be gone. */
export function letGo(files: readonly string[]): void {
  for (const file of files) {
    if (!isStyle(file)) held.delete(new URL(file, location.origin).href);
  }
}

/** Stylesheets that the page itself asked for and did not get. */
export function missingStyles(): string[] {
  return [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')]
    .filter(({ sheet }) => sheet === null)
    .map(({ href }) => href);
}

/** The page itself brought it, and runs with it. */
function isHere(href: string): boolean {
  const links = document.querySelectorAll<HTMLLinkElement>(
    'link[rel=modulepreload], link[rel=stylesheet]',
  );
  return [...links].some((link) => link.href === href && (!isStyle(href) || link.sheet !== null));
}

function isStyle(file: string): boolean {
  return file.endsWith('.css');
}

function fetchFile(href: string): Promise<void> {
  return isStyle(href) ? addStyle(href) : fetchScript(href);
}

/**
 * A script is fetched before it is imported, because an import that failed once fails forever: so says HTML before 2026, so do Firefox
 * and older Chromium, and so it is with `modulepreload` and `preload`.
 */
async function fetchScript(href: string): Promise<void> {
  const response = await fetch(href);
  if (response.status === 404) throw new NotThere(href);
  if (!response.ok) throw new Error(`${href} was answered with ${response.status}.`);
  // Only what was read to its end stays in the cache.
  await response.arrayBuffer();
}

function addStyle(href: string): Promise<void> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.crossOrigin = '';
  link.href = href;
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error(`${href} could not be loaded.`));
    });
    document.head.append(link);
  });
}
