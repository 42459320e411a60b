/** Messages that one long-polling POST may carry: clients fill 64 KiB, which is 139 of the shortest signals (R17), as a change of network makes a page with many links owe. */
const MAX_PACKETS = 160;

/** What of an Engine.IO connection is needed to look at what a POST brings; its types hide it. */
type PollingTransport = {
  name: string;
  onData(payload: string): void;
  onError(reason: string): void;
};

const SEPARATOR = '\x1e';

/** Makes a long-polling connection end at a POST with more than {@link MAX_PACKETS} messages, before any of them is decoded. */
export function limitPolling(connection: { transport: unknown }): void {
  const transport = connection.transport as PollingTransport;
  if (transport.name !== 'polling') return;
  const onData = transport.onData.bind(transport);
  transport.onData = (payload) => {
    if (hasAtMost(MAX_PACKETS, payload)) onData(payload);
    else transport.onError('too many packets');
  };
}

function hasAtMost(most: number, payload: string): boolean {
  let at = -1;
  for (let count = 1; count <= most; count++) {
    at = payload.indexOf(SEPARATOR, at + 1);
    if (at === -1) return true;
  }
  return false;
}
