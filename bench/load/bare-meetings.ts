import { EngineSocket } from './engine-socket.ts';
import type { FillMeeting } from './seat.ts';

/** A meeting on the bare relay is a room's name. */
export const fillBareMeeting: FillMeeting = async (url, meeting, size) => {
  const seats = [];
  for (let index = 0; index < size; index++) {
    const socket = await EngineSocket.open(url, undefined, {});
    await socket.request('meeting:join', `meeting-${meeting}`);
    seats.push({ address: socket.id, meeting, socket });
  }
  return seats;
};
