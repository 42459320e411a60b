import { Router } from 'express';
import type { RequestHandler } from 'express';
import { onTestFinished, vi } from 'vitest';

type Layers = { stack: unknown[] };
type Prototype = {
  use: (this: Layers, path: unknown, ...handlers: unknown[]) => unknown;
  route: (this: Layers, path: string) => { methods: Record<string, boolean> };
};
type Route = { methods: Record<string, boolean> };

/** Notes every route that Express is given from now on, as `get /api/meetings/:id`; Express itself forgets where its routers are mounted. */
export function recordRoutes(): () => string[] {
  const { prototype } = Router as unknown as { prototype: Prototype };
  const routes: { router: unknown; path: string; route: Route }[] = [];
  const mounts: { router: unknown; path: string; mounted: unknown }[] = [];
  const { use, route } = prototype;
  vi.spyOn(prototype, 'route').mockImplementation(function (this: Layers, path) {
    const made = route.call(this, path);
    for (const one of [path].flat()) routes.push({ router: this, path: one, route: made });
    return made;
  });
  vi.spyOn(prototype, 'use').mockImplementation(function (this: Layers, path, ...handlers) {
    const isPath = typeof path === 'string';
    for (const mounted of (isPath ? handlers : [path, ...handlers]).flat())
      if (isRouter(mounted)) mounts.push({ router: this, path: isPath ? path : '', mounted });
    return use.call(this, path, ...handlers);
  });
  onTestFinished(() => void vi.restoreAllMocks());

  const prefix = (router: unknown): string => {
    const mount = mounts.find(({ mounted }) => mounted === router);
    return mount === undefined ? '' : `${prefix(mount.router)}${mount.path}`;
  };
  return () =>
    routes.flatMap(({ router, path, route: { methods } }) =>
      Object.keys(methods).map((method) =>
        `${method} ${prefix(router)}${path}`.replaceAll(/\/+/g, '/').replace(/([^ ])\/$/, '$1'),
      ),
    );
}

function isRouter(handler: unknown): boolean {
  return typeof handler === 'function' && 'stack' in (handler as RequestHandler & Partial<Layers>);
}
