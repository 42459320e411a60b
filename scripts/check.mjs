// `npm run check`: everything that needs no browser: format, lint, types, unused code, unit tests. Runs all of it even if a part fails.
import { runParts } from './parts.mjs';
import { installDependencies, requireNode, run } from './run.mjs';
import { runUnitTests } from './unit-tests.mjs';

requireNode();
await installDependencies();

// .ci/run has `npm test` run them meanwhile.
const areRunElsewhere = process.env.UNIT_TESTS_RUN === 'elsewhere';

const types = (workspace) => ({
  name: `types: ${workspace}`,
  act: () => run('npm', ['run', 'types', '--silent', '--workspace', `@confab/${workspace}`]),
});

// The tests of the server wait more than they work: what reads the code runs beside them, in two rows, since each part keeps one core busy.
await runParts(
  [
    { name: 'format', act: () => run('prettier', ['--check', '.', '--log-level', 'warn']) },
    { name: 'lint', act: () => run('eslint', ['.', '--max-warnings', '0']) },
  ],
  [
    ...['protocol', 'signaling', 'web', 'turn', 'deploy', 'tests', 'bench'].map(types),
    { name: 'unused code', act: () => run('knip', []) },
  ],
  [
    // Ready before lint, which follows the slower format, and the later ones of the types read them.
    {
      name: 'words compile',
      act: () => run('npm', ['run', 'words', '--silent', '-w', '@confab/web']),
    },
    ...(areRunElsewhere ? [] : [{ name: 'unit tests', act: runUnitTests }]),
  ],
);
