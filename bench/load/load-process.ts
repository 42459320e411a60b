// The process that plays the participants. It stands apart from the bench so that it can be pinned to a core of its own.
import { fillBareMeeting } from './bare-meetings.ts';
import { ClosedLoop } from './closed-loop.ts';
import { fillConfabMeeting } from './confab-meetings.ts';
import type { LoadAnswer, LoadOrder, LoadQuestion } from './load-messages.ts';
import type { Seat } from './seat.ts';

const fill = { confab: fillConfabMeeting, bare: fillBareMeeting };
/** Meetings that fill at the same time. */
const AT_ONCE = 8;

const seats: Seat[] = [];
let meetings = 0;
let loop: ClosedLoop | null = null;

process.on('message', (question: LoadQuestion) => {
  const answer = (result: Omit<LoadAnswer, 'id'>) =>
    process.send?.({ id: question.id, ...result } satisfies LoadAnswer);
  obey(question).then(
    () => answer({}),
    (error: unknown) => answer({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());

async function obey(order: LoadOrder): Promise<void> {
  if (order.order === 'relay') {
    loop ??= new ClosedLoop(seats);
    await loop.relay(order.signals);
    return;
  }
  let open = order.meetings;
  const fillNext = async () => {
    while (open-- > 0) seats.push(...(await fill[order.target](order.url, meetings++, order.size)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fillNext));
}
