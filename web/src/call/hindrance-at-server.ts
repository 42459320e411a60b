import { describeMeeting } from '../connection/meetings-api.ts';
import { type Problem, problemOf } from './problems.ts';

/** What the server says keeps everybody from a meeting; null where it is worth trying. */
export async function hindranceAtServer(meetingId: string): Promise<Problem | null> {
  try {
    await describeMeeting(meetingId);
    return null;
  } catch (error) {
    const problem = problemOf(error);
    // So it answers for a locked meeting too (R48): who has a seat, or the link, is told more.
    return problem === 'not-found' ? null : problem;
  }
}
