import { spawn } from 'node:child_process';

const SECRET = 'r8Jd0eYqLq0bV5nq3tZk1mXo7sWc2uAh9fPg4iEy';
const right = { PUBLIC_URL: 'https://meet.example.org', SECRET };

/** A row of docs/operate.md each: what is wrong, and the setting that the one line has to name. */
const rows: [setting: string, wrong: Record<string, string>][] = [
  ['SECRET', { SECRET: '' }],
  ['SECRET', { SECRET: 'change-me-to-32-random-bytes-please-now' }],
  ['SECRET', { SECRET: 'zQ9-hunter22' }],
  ['SECRET', { SECRET: 'abcd1234'.repeat(8) }],
  ['TURN_SECRET', { TURN_URLS: 'turn:meet.example.org' }],
  ['REDIS_URL', { REDIS_URL: 'redis://redis.example.org:6379' }],
  ['TURN_SECRET', { TURN_URLS: 'turn:meet.example.org', TURN_SECRET: SECRET }],
  ['TURN_URLS', { TURN_SECRET: SECRET.toLowerCase() }],
  ['STUN_URLS', { STUN_URLS: 'stun:meet.example.org:34780000' }],
  ['API_KEYS', { API_KEYS: ' , ' }],
  ['API_KEYS', { API_KEYS: 'aaaaaaaaaaaaaaaa' }],
  ['ADMIN_TOKEN', { ADMIN_TOKEN: 'Vb7uQe0xLr3mJz9t' }],
  ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: '*' }],
  ['TRUST_PROXY', { TRUST_PROXY: '0.0.0.0/0' }],
  ['PUBLIC_URL', { PUBLIC_URL: '' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'http://meet.example.org' }],
  ['DEBUG', { DEBUG: 'socket.io*' }],
];

/** Milliseconds of a core within which each has to be refused: what a quiet machine takes, whatever this one does besides. */
const LIMIT = 2_000;

/** Starts the server of the image once for every misconfiguration, as compose would. Answers with what it said to each, and after how long. */
export async function refusals(): Promise<string> {
  const table: string[] = [];
  for (const [setting, wrong] of rows) {
    const { code, said, took, worked } = await start({ ...right, ...wrong });
    const lines = said.trimEnd().split('\n');
    const told = lines.at(-1) ?? '';
    if (code !== 1 || lines.length !== 1 || !told.startsWith(`${setting}: `))
      throw new Error(`${setting}: ended with ${String(code)} and said “${said}”`);
    for (const value of Object.values(wrong))
      if (value !== '' && told.includes(value)) throw new Error(`${setting}: its value is said`);
    if (!(worked <= LIMIT)) throw new Error(`${setting}: is refused after ${worked} ms of work`);
    table.push(`${String(took).padStart(6)} ms, ${String(worked).padStart(4)} of work: ${told}`);
  }
  return [`${rows.length} refused in one line each`, ...table].join('\n');
}

type Ended = { code: number | null; said: string; took: number; worked: number };

/** The times are the server's own, in milliseconds: from its start to its end, and what it had of a core (proc_pid_stat(5), in hundredths of a second). */
function start(settings: Record<string, string>): Promise<Ended> {
  const env = Object.entries(settings).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const timed = `const from = performance.now();
    const { status } = require('node:child_process').spawnSync('node', ['signaling/dist/main.js'], { stdio: 'inherit' });
    const [user, system] = require('node:fs').readFileSync('/proc/self/stat', 'utf8').split(' ').slice(15, 17);
    console.log(Math.round(performance.now() - from), 10 * (Number(user) + Number(system)));
    process.exit(status);`;
  const child = spawn('docker', [
    'run',
    '--rm',
    '--network',
    'none',
    ...env,
    'confab',
    'node',
    '-e',
    timed,
  ]);
  let [said, times] = ['', ''];
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  child.stdout.on('data', (bytes: Buffer) => (times += bytes.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const [took = NaN, worked = NaN] = times.split(' ').map(Number);
      resolve({ code, said, took, worked });
    });
  });
}
