// `npm start`: from a fresh clone to a working meeting.
import { installDependencies, readDotEnv, requireNode, run } from './run.mjs';

requireNode();
readDotEnv();
await installDependencies();
const built = await run('npm', ['run', 'build', '--silent']);
if (built !== 0) process.exit(built);
process.exitCode = await run('node', ['--import', 'tsx', 'signaling/src/main.ts']);
