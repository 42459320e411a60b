// `npm run dev`: the server restarts and the page reloads when their files change.
import { installDependencies, readDotEnv, requireNode, run } from './run.mjs';

requireNode();
readDotEnv();
await installDependencies();
const ended = await Promise.race([
  run('tsx', ['watch', '--clear-screen=false', 'signaling/src/main.ts'], {
    env: { PORT: '3001', PUBLIC_URL: 'http://localhost:3000', LOG_LEVEL: 'info' },
  }),
  run('npm', ['run', 'dev', '--workspace', '@confab/web']),
]);
// One without the other is of no use.
process.kill(process.pid, 'SIGTERM');
process.exitCode = ended;
