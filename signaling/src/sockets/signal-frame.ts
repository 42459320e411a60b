/**
 * `signal:send` as clients write it. The expression checks all that the schema checks, so that the text is read once and
 * parsed by nothing else: ids and sealed text are base64url and need no escaping on their way out.
 */
const SIGNAL =
  /^2\["signal:send",\{"to":"([A-Za-z0-9_-]{21}[AQgw])","sealed":"([A-Za-z0-9_-]{1,32768})"\}\]$/;
const START = '2["signal:send"';

/** A signal that the expression has found well-formed; spelled in another way it is parsed and checked like any request. */
export class CheckedSignal {
  readonly to: string;
  readonly sealed: string;

  constructor(to: string, sealed: string) {
    this.to = to;
    this.sealed = sealed;
  }
}

/** Reads a Socket.IO packet that is a signal in the usual spelling; undefined for everything else. */
export function readSignal(text: string): CheckedSignal | undefined {
  if (!text.startsWith(START)) return undefined;
  const [, to, sealed] = SIGNAL.exec(text) ?? [];
  return to === undefined || sealed === undefined ? undefined : new CheckedSignal(to, sealed);
}

/** The Socket.IO packet that brings a signal. Both texts have been found to be base64url. */
export function writeSignal(from: string, sealed: string): string {
  return `2["signal:received",{"from":"${from}","sealed":"${sealed}"}]`;
}
