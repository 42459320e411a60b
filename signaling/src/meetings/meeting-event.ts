/** What other programs are told of a meeting (R112): that people are in it, and by id who comes and who goes. */
export type MeetingEvent =
  | { type: 'meeting.started' | 'meeting.ended'; meetingId: string }
  | { type: 'participant.joined' | 'participant.left'; meetingId: string; participantId: string };

/** An event as it is in a meeting that knows which one it is. */
export type WithoutMeeting<Event> = Event extends unknown ? Omit<Event, 'meetingId'> : never;
