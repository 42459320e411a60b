import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserPlace } from '../../tests/browsers/launch-chromium.ts';

/** Where browsers wait for the processor until nobody else wants it: everybody's run here, and the server's would be elsewhere. */
export class YieldingBrowsers implements BrowserPlace {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'confab-yielding-'));

  programHere(program: string): string {
    const script = path.join(this.folder, path.basename(program));
    writeFileSync(script, `#!/bin/sh\nexec nice -n 10 '${program}' "$@"\n`);
    chmodSync(script, 0o755);
    return script;
  }

  /** After all browsers have ended. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
