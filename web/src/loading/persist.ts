/** How long to wait before each further try, in milliseconds: a network that just changed is there again at once, or soon. */
const PAUSES_MS = [200, 500, 1_000, 2_000];
/** The same where the browser knows of no network, which it will say when it has one. */
const OFFLINE_PAUSE_MS = 5_000;

/** What the server does not have, however often it is asked: the app was updated. */
export class NotThere extends Error {}

/** Repeats `attempt` until it succeeds, and at once when the network is back; throws what the last of five tries threw. */
export async function persist<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (const pause of PAUSES_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof NotThere) throw error;
      await untilOnline(navigator.onLine ? pause : OFFLINE_PAUSE_MS);
    }
  }
  return attempt();
}

function untilOnline(atMostMs: number): Promise<void> {
  return new Promise((resolve) => {
    const goOn = () => {
      clearTimeout(timer);
      removeEventListener('online', goOn);
      resolve();
    };
    const timer = setTimeout(goOn, atMostMs);
    addEventListener('online', goOn);
  });
}
