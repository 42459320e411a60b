// `npm run deploy:check` and `npm run deploy:test`: looks at a deployment from outside; tries docker-compose.yml on this machine.
import { installDependencies, requireNode, run } from './run.mjs';

const programs = { check: 'deploy/src/check.ts', test: 'deploy/trial/main.ts' };

const [program, ...args] = process.argv.slice(2);
requireNode();
await installDependencies();
process.exitCode = await run('node', ['--import', 'tsx', programs[program], ...args]);
