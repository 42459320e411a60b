import { Router } from 'express';

/** `/healthz`: the process answers. `/readyz`: it takes joins; 503 while it stops, and while it cannot keep anything. */
export function health(isDraining: () => boolean, isFailing: () => boolean): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', (_request, response) => {
    if (isDraining()) response.status(503).json({ status: 'draining' });
    else if (isFailing()) response.status(503).json({ status: 'cannot-write' });
    else response.json({ status: 'ready' });
  });
  return router;
}
