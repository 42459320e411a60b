import { Refusal } from '@confab/protocol';
import type { RefusalCode } from '@confab/protocol';
import type { MeetingCalls } from '../meetings/meeting-calls.ts';

/** What outsiders are refused they hear at a multiple of this after asking, in milliseconds: longer than Redis and another node take to answer. */
const TICK = 50;

/** Everything else is told only to whoever has proved the link. */
const toldToAnybody: RefusalCode[] = ['meeting-not-found', 'server-draining', 'internal'];

/**
 * The calls to meetings, without a sign for those who do not prove the link of where a meeting is run, or whether there is one (R4): neither by time, nor by status
 * while Redis is away. `probe` asks Redis what it is asked of a meeting that is not here, and throws what that throws. Whoever is let in waits for nothing.
 */
export function outsidersAlike(
  calls: MeetingCalls,
  probe: (meetingId: string) => Promise<void>,
): MeetingCalls {
  return {
    ...calls,
    describe: (meetingId) =>
      alike(
        meetingId,
        () => calls.describe(meetingId),
        (described) => described.state !== 'open' || described.closed,
      ),
    admit: (meetingId, request, network) =>
      alike(
        meetingId,
        () => calls.admit(meetingId, request, network),
        () => false,
      ),
    mayTryRelay: (meetingId, proof, network) =>
      alike(
        meetingId,
        () => calls.mayTryRelay(meetingId, proof, network),
        (mayTry) => !mayTry,
      ).catch(() => false),
  };

  async function alike<Answer>(
    meetingId: string,
    call: () => Promise<Answer>,
    isRefusal: (answer: Answer) => boolean,
  ): Promise<Answer> {
    const askedAt = performance.now();
    let isForAnybody = true;
    try {
      const answer = await call();
      isForAnybody = isRefusal(answer);
      if (isForAnybody) await probe(meetingId);
      return answer;
    } catch (fault) {
      isForAnybody = !(fault instanceof Refusal) || toldToAnybody.includes(fault.code);
      if (fault instanceof Refusal && fault.code === 'meeting-not-found') await probe(meetingId);
      throw fault;
    } finally {
      if (isForAnybody) await nextTick(askedAt);
    }
  }
}

async function nextTick(since: number): Promise<void> {
  const left = TICK - ((performance.now() - since) % TICK);
  await new Promise((resolve) => setTimeout(resolve, left));
}
