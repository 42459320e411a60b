#!/usr/bin/env node
// `npx confab`: makes meetings and invitations, and shows what is going on. Needs Node and nothing else, so that it runs from wherever it lies.
import { parseArgs } from 'node:util';
import { commands } from './commands.mjs';
import { help, helpOf } from './help.mjs';
import { Refused } from './server.mjs';
import { UsageError } from './usage-error.mjs';

/** Exit codes besides 0: the server said no or nothing; the command makes no sense. */
const FAILED = 1;
const MISUSED = 2;

const everywhere = {
  url: { type: 'string' },
  'api-key': { type: 'string' },
  'admin-token': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

// Whoever reads the output has read enough, as `head` does.
process.stdout.on('error', () => process.exit());

try {
  await main(process.argv.slice(2));
} catch (fault) {
  if (!(fault instanceof UsageError || fault instanceof Refused)) throw fault;
  console.error(fault.message);
  process.exitCode = fault instanceof UsageError ? MISUSED : FAILED;
}

async function main(given) {
  const name = [given.slice(0, 2).join(' '), given[0] ?? ''].find((words) => words in commands);
  if (name === undefined) {
    const asked =
      given.length === 0 || given.some((word) => ['-h', '--help', 'help'].includes(word));
    if (!asked) throw new UsageError(`There is no command “${given.join(' ')}”.\n\n${help()}`);
    console.log(help());
    return;
  }
  const command = commands[name];
  const { values, positionals } = read(given.slice(name.split(' ').length), command);
  if (values.help) {
    console.log(helpOf(name));
    return;
  }
  if (positionals.length !== command.takes.length)
    throw new UsageError(`Give ${command.takes.join(' and ') || 'no names'}.\n\n${helpOf(name)}`);
  const settings = {
    url: values.url ?? process.env.CONFAB_URL,
    apiKey: values['api-key'] ?? process.env.CONFAB_API_KEY,
    adminToken: values['admin-token'] ?? process.env.CONFAB_ADMIN_TOKEN,
    json: values.json,
  };
  await command.run(settings, values, ...positionals);
}

function read(args, { options = {} }) {
  const types = Object.fromEntries(
    Object.entries(options).map(([name, { type }]) => [name, { type }]),
  );
  try {
    return parseArgs({ args, options: { ...everywhere, ...types }, allowPositionals: true });
  } catch (fault) {
    throw new UsageError(fault.message.split('. ')[0]);
  }
}
