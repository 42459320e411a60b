import { createHmac } from 'node:crypto';
import type { ReplyData } from '@confab/protocol';

/** What the settings say about STUN and TURN. */
export type IceSettings = {
  stunUrls: string[];
  turnUrls: string[];
  turnSecret: string | null;
  /** Seconds a TURN credential may be used for new allocations. */
  turnTtl: number;
};

/** What a reply says about STUN and TURN. */
export type IceAnswer = Pick<ReplyData<'token:renew'>, 'iceServers' | 'iceLifetime'>;

/**
 * What the browser is told about STUN and TURN (R51). The TURN credential is by coturn's REST convention: the username is
 * `<expiry>:<participantId>`, the password its HMAC-SHA1 in base64. `now` in milliseconds since 1970.
 */
export function iceServersFor(
  participantId: string,
  settings: IceSettings,
  now: number,
): IceAnswer {
  const servers: IceAnswer['iceServers'] = [];
  if (settings.stunUrls.length > 0) servers.push({ urls: settings.stunUrls });
  if (settings.turnUrls.length === 0 || settings.turnSecret === null)
    return { iceServers: servers };
  const username = `${Math.floor(now / 1000) + settings.turnTtl}:${participantId}`;
  const credential = createHmac('sha1', settings.turnSecret).update(username).digest('base64');
  servers.push({ urls: settings.turnUrls, username, credential });
  return { iceServers: servers, iceLifetime: settings.turnTtl };
}
