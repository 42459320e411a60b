import type { MediaState } from '@confab/protocol';
import type { Doorstep } from './doorstep.ts';
import type { SentTracks } from './link-connection.ts';
import type { Admission } from './meetings-api.ts';
import type { Transport } from './transport-order.ts';

/** What it takes to sit down in a meeting and stay there. */
export type MeetingConnectionOptions = {
  meetingId: string;
  /** The link's secret, 43 characters. */
  secret: string;
  admission: Admission;
  /** What the page load before this one was last given for the seat that `admission` names (R8). */
  resume?: string | null;
  /** Asks for a seat again, with all that is known of whoever had one, where the one they had is worthless. */
  admit?: () => Promise<Admission>;
  /** The display name as typed; others see it normalised (R20). */
  name: string;
  /** Whether no address of one's own may leave this page (R50). */
  relayOnly?: boolean;
  media: MediaState;
  tracks: SentTracks;
  /** A connection that stands ready for this admission. It is the meeting connection's to use and to close. */
  doorstep?: Doorstep | undefined;
  /** Where the server is; the page's own origin by default. */
  url?: string;
  transports?: Transport[];
};
