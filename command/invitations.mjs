import { linkTo, readLink } from './link.mjs';
import { LOCAL } from './meetings.mjs';
import { pairs, print, table } from './print.mjs';
import { ask } from './server.mjs';
import { UsageError } from './usage-error.mjs';
import { secondsAt, timeWords } from './when.mjs';

/** `confab invitation create`. */
export async function createInvitation(settings, options, text) {
  const meeting = meetingAt(settings, text);
  const { role = 'participant', from, until } = options;
  if (!['host', 'participant'].includes(role))
    throw new UsageError('--role takes host or participant.');
  const body = {
    role,
    ...(from !== undefined && { notBefore: secondsAt(from) }),
    ...(until !== undefined && { expiresAt: secondsAt(until) }),
  };
  const made = await ask(meeting.url, 'POST', meeting.path, { ...meeting, body });
  const { url, meetingId, secret } = meeting;
  const link = secret && linkTo(url, meetingId, secret, made.invitation);
  print(
    settings,
    { ...made, ...(link && { link }) },
    pairs([
      ['Invitation', made.id],
      ['As', made.role],
      ['Until', timeWords(made.expiresAt)],
      link
        ? ['Link', link]
        : ['Token', `${made.invitation}\n\nGive the meeting’s whole link to be told a link.`],
    ]),
  );
}

/** `confab invitation list`. */
export async function listInvitations(settings, _options, text) {
  const meeting = meetingAt(settings, text);
  const answer = await ask(meeting.url, 'GET', meeting.path, meeting);
  const rows = answer.invitations.map(({ id, role, notBefore, expiresAt, uses, lastUsedAt }) => [
    id,
    role,
    notBefore === undefined ? '' : timeWords(notBefore),
    timeWords(expiresAt),
    uses,
    lastUsedAt === undefined ? '' : timeWords(lastUsedAt),
  ]);
  const headings = ['Invitation', 'As', 'From', 'Until', 'Uses', 'Last used'];
  print(settings, answer, rows.length > 0 ? table(headings, rows) : 'There are none.');
}

/** `confab invitation revoke`. */
export async function revokeInvitation(settings, _options, text, id) {
  const meeting = meetingAt(settings, text);
  await ask(meeting.url, 'DELETE', `${meeting.path}/${encodeURIComponent(id)}`, meeting);
  print(settings, { revoked: id }, 'Nobody comes by it any more.');
}

/** Where a meeting's invitations are, and by whose word one asks: the host link's, or the API key's. */
function meetingAt({ url, apiKey }, text) {
  const link = readLink(text);
  const bearer = link.invitation ?? apiKey;
  if (bearer === undefined)
    throw new UsageError('Give the meeting’s host link, or an API key (CONFAB_API_KEY).');
  const path = `/api/meetings/${link.meetingId}/tokens`;
  return { ...link, url: link.url ?? url ?? LOCAL, path, bearer };
}
