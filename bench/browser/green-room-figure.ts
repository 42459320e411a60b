import { figureOfRounds, type Figure } from '../figures.ts';
import { interleaved } from '../rounds.ts';
import { seenBy } from './chromium.ts';
import type { MeetingPages } from './meeting-pages.ts';

/** From following a meeting's link, with nothing cached, to a camera preview with a picture and a button that can be clicked. */
export async function greenRoomFigure(
  rounds: number,
  ours: MeetingPages,
  limit: MeetingPages,
): Promise<Figure> {
  const measured = await interleaved(rounds, {
    measured: () => linkToUsable(ours),
    limit: () => linkToUsable(limit),
  });
  return figureOfRounds(
    {
      name: 'Link to usable green room',
      unit: 'ms',
      limitIs: 'a bare page that opens the camera',
      aim: { ratio: 3, better: 'lower' },
    },
    measured,
  );
}

async function linkToUsable(pages: MeetingPages): Promise<number> {
  const meeting = await pages.newMeeting();
  try {
    const { openedAt, previewAt, joinableAt } = await seenBy(await meeting.page('Ada'));
    return Math.max(previewAt ?? Number.NaN, joinableAt ?? Number.NaN) - openedAt;
  } finally {
    await meeting.close();
  }
}
