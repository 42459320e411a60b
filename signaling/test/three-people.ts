import type { Notice, Participant } from '@confab/protocol';
import { seated } from './host-desk.ts';
import type { TestClient } from './test-client.ts';
import { makeMeeting } from './test-server.ts';
import type { TestMeeting } from './test-server.ts';

/** What they say that they send. */
export const on = { microphone: true, camera: true };

export const hostOf = (meeting: TestMeeting) => seated(meeting, { invitation: meeting.hostToken });

/** A meeting with a host and two guests. */
export async function three(url: string) {
  const meeting = await makeMeeting(url);
  const [ada, bo, cy] = [await hostOf(meeting), await seated(meeting), await seated(meeting)];
  const allow = (participant: string, allowed: boolean) =>
    ada.client.request('speech:set', { participant, allowed });
  return { meeting, ada, bo, cy, allow };
}

/** The snapshot in which this participant is seen so. */
export const sees = (client: TestClient, id: string, fits: (one: Participant) => boolean) =>
  client.snapshot(`${id} as it should be`, ({ participants }) =>
    participants.some((one) => one.id === id && fits(one)),
  );

/** The same of the latest snapshot, whatever was told before. */
export const comesToSee = (client: TestClient, id: string, fits: (one: Participant) => boolean) =>
  client.until(`${id} as it should be by now`, () =>
    client.heard['meeting:changed'].at(-1)?.participants.some((one) => one.id === id && fits(one)),
  );

export const speechOf = ({ participants }: Notice<'meeting:changed'>, id: string) =>
  participants.find((one) => one.id === id)?.speech;
