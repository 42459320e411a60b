// `npm run bench`: builds the app and measures Confab next to its limits; bench/README.md says what is measured and how.
import { installDependencies, requireNode, run } from './run.mjs';

requireNode();
await installDependencies();
const built = await run('npm', ['run', 'build', '--silent']);
if (built !== 0) process.exit(built);
process.exitCode = await run('tsx', ['bench/main.ts', ...process.argv.slice(2)]);
