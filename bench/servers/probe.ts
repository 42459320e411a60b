// Loaded into every measured server before its own code; answers the bench's questions about the process it lives in.
import type { ProbeAnswer, ProbeQuestion } from './probe-messages.ts';

process.on('message', (question: ProbeQuestion) => {
  void answer(question).then((result) => process.send?.(result));
});
// The channel to the bench must not keep a server alive that wants to stop.
process.channel?.unref();
process.on('disconnect', () => process.exit());

async function answer({ id, ask }: ProbeQuestion): Promise<ProbeAnswer> {
  if (ask === 'memory') await collectGarbage();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { id, cpuSeconds: (user + system) / 1e6, rss, heapUsed };
}

/** Several full collections with turns of the event loop between: what one frees, the next may return to the system. */
async function collectGarbage(): Promise<void> {
  for (let time = 0; time < 6; time++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
