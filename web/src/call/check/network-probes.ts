import { checkServers, measureLatency, tryTransport } from '../../connection/check/ask-server.ts';
import { tryLink } from '../../connection/check/try-link.ts';
import type { MeetingLink } from '../../connection/meeting-link.ts';
import type { Probes } from './network-check.ts';

export { checkNetwork } from './network-check.ts';

/** The real probes, for somebody who comes with `link` or without one. */
export function probesFor(link: MeetingLink | null): Probes {
  const servers = () => checkServers(link);
  return { measureLatency, tryTransport, tryLink, checkServers: servers };
}
