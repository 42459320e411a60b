/** What other programs are told of a meeting (R112): that people are in it, and by id who comes and who goes. */
export type MeetingEvent =
  | { type: 'meeting.started' | 'meeting.ended'; meetingId: string }
  | { type: 'participant.joined' | 'participant.left'; meetingId: string; participantId: string };
