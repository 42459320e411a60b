import type { EngineSocket } from './engine-socket.ts';

/** One participant of the load: a connection, and the address under which others of the meeting reach it. */
export type Seat = { address: string; meeting: number; socket: EngineSocket };

/** Fills one meeting with `size` participants. `meeting` tells meetings apart. */
export type FillMeeting = (url: string, meeting: number, size: number) => Promise<Seat[]>;
