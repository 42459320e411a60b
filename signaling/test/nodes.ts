import { RedisServer } from './redis-server.ts';
import { startTestServer } from './test-server.ts';
import type { TestMeeting, TestServer } from './test-server.ts';

export const SECRET = 'a secret that all nodes of these tests have in common';

/** A real Redis, and the way to start nodes on it, in this process. */
export async function redisWithNodes(options: Parameters<typeof RedisServer.start>[0] = {}) {
  const redis = await RedisServer.start(options);
  const startNode = (env: Record<string, string> = {}, parts = {}): Promise<TestServer> =>
    startTestServer({ REDIS_URL: redis.url, SECRET, ...env }, parts);
  return { redis, startNode };
}

/** The same meeting, as somebody sees it who reaches another node. */
export function at({ url }: { url: string }, meeting: TestMeeting): TestMeeting {
  return { ...meeting, url };
}
