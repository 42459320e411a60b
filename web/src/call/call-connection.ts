import { Doorstep } from '../connection/doorstep.ts';
import type { Knock, KnockOptions } from '../connection/knock.ts';
import { MeetingConnection } from '../connection/meeting-connection.ts';
import type { MeetingConnectionOptions } from '../connection/meeting-connection.ts';
import type { Admission } from '../connection/meetings-api.ts';
import { pageCertificate } from '../connection/sealing/certificate.ts';
import { rootOf } from '../connection/sealing/keys.ts';
import type { ChatWay } from './chat-access.svelte.ts';
import type { SignsLine } from './signs.svelte.ts';
import type { LocalMedia } from './local-media.svelte.ts';

/** As {@link MeetingConnection}, so that tests need no server. */
export type CallConnection = Pick<
  MeetingConnection,
  | 'events'
  | 'participantId'
  | 'join'
  | 'setTrack'
  | 'setMedia'
  | 'command'
  | 'stats'
  | 'tellWaiting'
  | 'announceLevel'
  | 'dataChannel'
  | 'tryNow'
  | 'leave'
  | 'close'
> & { chat: ChatWay; signs: SignsLine };

/** Makes what every connection of this page needs, ahead of the first one, which would otherwise wait for it. */
export function prepareConnection(meetingId: string, secret: string): void {
  // The connection asks for both again, and is where their absence is told.
  pageCertificate().catch(() => undefined);
  rootOf(secret, meetingId).catch(() => undefined);
}

/** Connects to the server for whoever will join with `admission`. */
export function openDoorstep(admission: Admission): Doorstep {
  return new Doorstep(admission);
}

/** What asks to be let in, for whoever has to wait: nothing is asked yet. */
export async function makeKnock(options: KnockOptions): Promise<Knock> {
  const { Knock } = await import('../connection/knock.ts');
  return new Knock(options);
}

/** Opens the connection a call speaks through, with what `media` holds now. */
export function openConnection(
  seat: Omit<MeetingConnectionOptions, 'media' | 'tracks'>,
  media: LocalMedia,
): CallConnection {
  return new MeetingConnection({ ...seat, media: media.state, tracks: media.tracks });
}
