import { Memory } from '../src/store/memory.ts';
import { redisWithNodes, SECRET } from './nodes.ts';
import { startTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

/** A server, and the way to have another one that begins where it ended. */
export type Restartable = { start: () => Promise<TestServer> };

/** What rules about keeping hold for: each kind of store, by its name. */
export const stores: [name: string, make: () => Promise<Restartable>][] = [
  [
    'memory',
    () => {
      const medium = new Memory();
      return Promise.resolve({ start: () => startTestServer({ SECRET }, { medium }) });
    },
  ],
  [
    'disk',
    () => {
      let dataDir: string | null = null;
      return Promise.resolve({
        async start() {
          const server = await startTestServer(dataDir === null ? {} : { DATA_DIR: dataDir });
          dataDir ??= server.settings.dataDir;
          return server;
        },
      });
    },
  ],
  [
    'Redis',
    async () => {
      const { startNode } = await redisWithNodes();
      return { start: () => startNode() };
    },
  ],
];
