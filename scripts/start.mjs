// `npm start`: from a fresh clone to a working meeting. With `-- --lan`, over TLS for everybody in the local network.
import { parseArgs } from 'node:util';
import { announceWhenReady, lanSettings } from './lan/lan-start.mjs';
import { installDependencies, readDotEnv, requireNode, run } from './run.mjs';

requireNode();
const { lan } = readArguments();
readDotEnv();
await installDependencies();
const built = await run('npm', ['run', 'build', '--silent']);
if (built !== 0) process.exit(built);
const env = lan ? await lanSettings() : {};
const heard = announceWhenReady({ ...process.env, ...env });
process.exitCode = await run('node', ['signaling/dist/main.js'], { env, heard });

function readArguments() {
  try {
    return parseArgs({ options: { lan: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    console.error(`${error.message.split('.')[0]}. There is: npm start -- --lan`);
    process.exit(1);
  }
}
