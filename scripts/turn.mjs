// `npm run turn:config` and `npm run turn:probe`: the programs in turn/src, with the settings of `.env` and of the environment.
import { installDependencies, readDotEnv, requireNode, run } from './run.mjs';

const [program, ...args] = process.argv.slice(2);
requireNode();
readDotEnv();
await installDependencies();
process.exitCode = await run('node', ['--import', 'tsx', `turn/src/${program}.ts`, ...args]);
