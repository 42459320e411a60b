// `npm run dev`: the server restarts and the page reloads when their files change.
import path from 'node:path';
import { installDependencies, readDotEnv, requireNode, root, run } from './run.mjs';

requireNode();
readDotEnv();
await installDependencies();
const ended = await Promise.race([
  run('tsx', ['watch', '--clear-screen=false', 'signaling/src/main.ts'], {
    env: { PORT: '3001', PUBLIC_URL: 'http://localhost:3000', LOG_LEVEL: 'info' },
  }),
  run('vite', [], { cwd: path.join(root, 'web') }),
]);
// One without the other is of no use.
process.kill(process.pid, 'SIGTERM');
process.exitCode = ended;
