/** Longest wait for an answer from Redis, in milliseconds. */
const LONGEST = 500;

/**
 * `promise`, for `ms` milliseconds; rejects afterwards, and what comes of it then is nobody's concern. What has arrived while this process was busy itself
 * counts as being in time.
 */
export function bounded<Value>(promise: Promise<Value>, ms: number = LONGEST): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // Timers run before what has arrived is read.
      setImmediate(() => setImmediate(() => reject(new Error(`no answer within ${ms} ms`))));
    }, ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
