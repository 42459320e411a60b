/** `memory` collects garbage before it reads. */
export type ProbeQuestion = { id: number; ask: 'processor' | 'memory' };

/** Seconds of processor time over all threads since the process began; bytes resident, and bytes of live objects. */
export type ProbeAnswer = { id: number; cpuSeconds: number; rss: number; heapUsed: number };
