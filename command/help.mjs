import { commands } from './commands.mjs';

const settings = `  --url <address>        the server; CONFAB_URL, or http://localhost:3000
  --api-key <key>        where only holders of keys make meetings; CONFAB_API_KEY
  --admin-token <token>  the server’s ADMIN_TOKEN; CONFAB_ADMIN_TOKEN
  --json                 prints JSON, for programs
  --help                 says what a command takes`;

/** All commands. */
export function help() {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(
    ([name, { does }]) => `  ${name.padEnd(width)}  ${does.split('. ')[0].replace(/\.$/, '')}`,
  );
  return `confab <command>\n\n${lines.join('\n')}\n\n${settings}\n\nA key in an argument can be read by everybody on this machine; in the environment it cannot.\nExit codes: 0 done, 1 the server said no or nothing, 2 the command makes no sense.`;
}

/** One command. */
export function helpOf(name) {
  const { does, takes, options = {} } = commands[name];
  const shown = Object.entries(options).map(([option, { words, means }]) => [
    `--${option} ${words}`.trim(),
    means,
  ]);
  const width = Math.max(21, ...shown.map(([option]) => option.length));
  const lines = shown.map(([option, means]) => `  ${option.padEnd(width)}  ${means}\n`);
  return `confab ${[name, ...takes].join(' ')}\n\n${does}\n\n${lines.join('')}${settings}`;
}
