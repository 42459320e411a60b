import type { MediaState } from '@confab/protocol';
import type { Admission } from '../connection/meetings-api.ts';
import { Stored } from './stored.ts';

/** What a page needs to sit down again where it was. `resume` is null until a join was answered (R8). */
export type RememberedSeat = {
  admission: Admission;
  resume: string | null;
  name: string;
  media: MediaState;
};

const perTab = new Stored(() => sessionStorage);
const seatKey = (meetingId: string) => `confab:seat:${meetingId}`;

/** The seat this tab has in a meeting, or a copy of it in a duplicated tab; null if it never had one or gave it up. */
export function rememberedSeat(meetingId: string): RememberedSeat | null {
  return perTab.read(seatKey(meetingId), isSeat);
}

/** Keeps the seat for as long as the tab lives; null gives it up. */
export function rememberSeat(meetingId: string, seat: RememberedSeat | null): void {
  perTab.write(seatKey(meetingId), seat);
}

/** Recognises a seat in what storage or another tab gives, which may be of an older version of the app. */
export function isSeat(value: unknown): value is RememberedSeat {
  if (typeof value !== 'object' || value === null) return false;
  const { admission, resume, name, media } = value as {
    [key in keyof RememberedSeat]?: unknown;
  } & { admission?: Fields; media?: Fields };
  return (
    isText(name) &&
    (resume === null || isText(resume)) &&
    isText(admission?.token) &&
    isText(admission.participantId) &&
    typeof admission.tokenLifetime === 'number' &&
    typeof media?.microphone === 'boolean' &&
    typeof media.camera === 'boolean'
  );
}

type Fields = Record<string, unknown>;

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
