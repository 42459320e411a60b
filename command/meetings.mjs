import { linkTo, makeSecret, proofOf, readLink, verifierOf } from './link.mjs';
import { pairs, print } from './print.mjs';
import { ask } from './server.mjs';
import { UsageError } from './usage-error.mjs';

/** Where a server runs that nobody has named. */
export const LOCAL = 'http://localhost:3000';

/** `confab meeting create`. The link's secret is made here; the server is told what recognises its proof, and no more. */
export async function createMeeting(settings, options) {
  const url = settings.url ?? LOCAL;
  const secret = makeSecret();
  const body = { verifier: verifierOf(proofOf(secret)), settings: settingsFrom(options) };
  const path = '/api/meetings';
  const { meetingId, hostToken } = await ask(url, 'POST', path, { bearer: settings.apiKey, body });
  const link = linkTo(url, meetingId, secret);
  const hostLink = linkTo(url, meetingId, secret, hostToken);
  print(
    settings,
    { meetingId, link, hostLink },
    pairs([
      ['Meeting', meetingId],
      ['Link', link],
      ['Host link', `${hostLink}\n\nWhoever opens the host link is a host; keep it to yourself.`],
    ]),
  );
}

/** `confab meeting show`. */
export async function showMeeting(settings, _options, text) {
  const { url = settings.url ?? LOCAL, meetingId } = readLink(text);
  const answer = await ask(url, 'GET', `/api/meetings/${meetingId}`);
  const yes = (is) => (is ? 'yes' : 'no');
  print(
    settings,
    { meetingId, ...answer },
    pairs([
      ['Meeting', meetingId],
      ['Passcode', yes(answer.passcode)],
      ['Waiting room', yes(answer.waitingRoom)],
      ['Relay', yes(answer.relay)],
    ]),
  );
}

function settingsFrom(options) {
  if (options.start === undefined && (options.duration ?? options['time-zone']) !== undefined)
    throw new UsageError('--duration and --time-zone belong to --start.');
  const capacity = options.capacity === undefined ? undefined : Number(options.capacity);
  if (capacity !== undefined && !(Number.isInteger(capacity) && capacity > 0))
    throw new UsageError('--capacity takes a whole number of at least 1.');
  return {
    ...(capacity !== undefined && { capacity }),
    ...(options.passcode !== undefined && { passcode: options.passcode }),
    ...(options['waiting-room'] && { waitingRoom: true }),
    ...(options['no-succession'] && { succession: false }),
    ...(options.start !== undefined && { schedule: scheduleFrom(options) }),
  };
}

function scheduleFrom({ start, duration = '60', 'time-zone': timeZone }) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(start))
    throw new UsageError('--start takes a time by clocks there: 2026-12-01T09:00.');
  const minutes = Number(duration);
  if (!(Number.isInteger(minutes) && minutes > 0))
    throw new UsageError('--duration takes whole minutes.');
  return { start, duration: minutes, timeZone: zoneOf(timeZone) };
}

/** The time zone of that name, or this machine's. */
function zoneOf(name) {
  try {
    const { timeZone } = Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return name ?? timeZone;
  } catch {
    throw new UsageError(`“${name}” is no time zone: Europe/Berlin.`);
  }
}
