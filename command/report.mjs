import { LOCAL } from './meetings.mjs';
import { print, table } from './print.mjs';
import { ask, Refused } from './server.mjs';
import { UsageError } from './usage-error.mjs';
import { lengthWords } from './when.mjs';

/** Milliseconds between two looks. */
const EVERY = 2_000;

/** `confab status`: what goes on, once. */
export async function showStatus(settings) {
  const report = await ask(settings.url ?? LOCAL, 'GET', '/api/report', asOperator(settings));
  print(settings, report, linesOf(report));
}

/** `confab watch`: the same again and again, until it is stopped. With `--json`, one report a line. Once there was one, a server that is away is waited for. */
export async function watch(settings) {
  const operator = asOperator(settings);
  for (let isKnown = false; ; isKnown = true) {
    const report = await ask(settings.url ?? LOCAL, 'GET', '/api/report', operator).catch(
      (fault) => {
        if (!isKnown || !(fault instanceof Refused)) throw fault;
        console.error(fault.message);
      },
    );
    if (report && settings.json) console.log(JSON.stringify(report));
    else if (report)
      console.log(`${process.stdout.isTTY ? CLEAR : ''}${linesOf(report).join('\n')}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

/** Makes a terminal empty, and begins at its top. */
const CLEAR = '\u001b[2J\u001b[H';

function asOperator({ adminToken }) {
  if (adminToken === undefined)
    throw new UsageError('Give the server’s ADMIN_TOKEN (CONFAB_ADMIN_TOKEN).');
  return { bearer: adminToken };
}

function linesOf({ nodes }) {
  const busy = nodes.flatMap(({ at, meetings }) => meetings.busy.map((one) => ({ ...one, at })));
  const total = (of) => nodes.reduce((sum, node) => sum + of(node), 0);
  const people = total((node) => node.people.present + node.people.away);
  const sum = `${people} people in ${busy.length} meetings; ${total((node) => node.people.reconnecting)} reconnecting; ${total((node) => node.meetings.total)} meetings exist`;
  const failing = nodes.filter(({ webhooks }) => webhooks && webhooks.failingSince !== null);
  return [
    sum,
    '',
    ...nodeTable(nodes),
    ...failing.map(
      ({ node, at, webhooks }) =>
        `\nNode ${node}: a receiver of webhooks has taken nothing for ${lengthWords((at - webhooks.failingSince) / 1_000)}, ${webhooks.pending} events wait.`,
    ),
    ...(busy.length > 0 ? ['', ...meetingTable(busy)] : []),
  ];
}

function nodeTable(nodes) {
  const headings = ['Node', 'Standing', 'Up for', 'Connections', 'CPU', 'Worst delay', 'Memory'];
  const rows = nodes.map(({ node, standing, uptime, connections, load }) => [
    node,
    standing,
    lengthWords(uptime),
    connections.websocket + connections.polling,
    `${Math.round(load.cpu * 100)} %`,
    `${load.delay.worst.toFixed(1)} ms`,
    `${Math.round(load.memory / 1e6)} MB`,
  ]);
  return table(headings, rows);
}

function meetingTable(busy) {
  const headings = ['Meeting', 'People', 'Away', 'Reconnecting', 'Relayed', 'For', ''];
  const rows = busy.map(({ id, people, links, since, at, locked }) => [
    id,
    people.present + people.away,
    people.away,
    people.reconnecting,
    relayedWords(links),
    lengthWords((at - since) / 1_000),
    locked ? 'locked' : '',
  ]);
  return table(headings, rows);
}

/** Which share of the links between people goes through a relay. */
function relayedWords({ direct, relayed }) {
  const all = direct + relayed;
  return all === 0 ? '–' : `${Math.round((100 * relayed) / all)} %`;
}
