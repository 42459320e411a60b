// What checks and tests both need before either begins: dependencies, and the words of the interface.
import { installDependencies, requireNode, run } from './run.mjs';

requireNode();
await installDependencies();
process.exitCode = await run('npm', ['run', 'words', '--silent', '-w', '@confab/web']);
