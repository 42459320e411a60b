import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from '@confab/protocol';
import { Router } from 'express';
import type { ErrorRequestHandler, Request, Response } from 'express';

/** Which file is the page at an address (web/build/page-files.ts). */
const pages = {
  '/': 'index.html',
  '/index.html': 'index.html',
  '/m/:id': 'meeting.html',
  '/check': 'check.html',
  '/admin': 'admin.html',
};

const YEAR_S = 31_536_000;

/**
 * The built app in `folder`: its hashed assets for a year, everything else asked for anew each time, and a page
 * at each of the addresses the app knows; people who come to any other are shown a page as well. Files that lie there compressed (`.br`, `.gz`) are sent so.
 */
export function webApp(folder: string): Router {
  const router = Router();
  const files = filesIn(folder);
  for (const [address, page] of Object.entries(pages))
    router.get(address, (request, response) => {
      send(request, response, page);
    });
  router.get('/*path', (request, response) => {
    const name = request.path.slice(1);
    if (has(name) || !isPageVisit(request)) send(request, response, name);
    // The app says that there is no such meeting, in the language of whoever mistyped a link.
    else send(request, response.status(404), pages['/m/:id']);
  });

  // What a mail program has cut in the middle of an encoded letter is a mistyped link, too.
  const answerCut: ErrorRequestHandler = (error: unknown, request, response, next) => {
    if (error instanceof URIError && isPageVisit(request))
      send(request, response.status(404), pages['/m/:id']);
    else next(error);
  };
  router.use(answerCut);

  function has(name: string): boolean {
    return files.has(name) && !/\.(br|gz)$/.test(name);
  }

  // Only what lay there at the start is served, so that no address leads out of the folder.
  function send(request: Request, response: Response, name: string) {
    if (!has(name)) throw new Refusal('unknown-request');
    const isHashed = name.startsWith('assets/');
    const encoding = encodingFor(request, name, files);
    response.type(path.extname(name));
    response.vary('accept-encoding');
    if (encoding !== null) response.setHeader('content-encoding', encoding.name);
    response.sendFile(name + (encoding?.suffix ?? ''), {
      root: folder,
      dotfiles: 'allow',
      cacheControl: false,
      headers: {
        'cache-control': isHashed ? `public, max-age=${YEAR_S}, immutable` : 'no-cache',
      },
    });
  }
  return router;
}

/** Whether somebody follows a link, or types an address. */
function isPageVisit({ headers }: Request): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
];

function encodingFor(request: Request, name: string, files: Set<string>) {
  const lying = encodings.filter(({ suffix }) => files.has(name + suffix));
  const accepted = request.acceptsEncodings(lying.map((encoding) => encoding.name));
  return lying.find((encoding) => encoding.name === accepted) ?? null;
}

function filesIn(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .map((name) => name.split(path.sep).join('/')),
  );
}
