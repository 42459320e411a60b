/** One or more settings are wrong; each line names one and says why, and never what its value was. */
export class SettingsError extends Error {
  constructor(lines: string[]) {
    super(lines.join('\n'));
    this.name = 'SettingsError';
  }
}

/** A system's or library's word for what went wrong, `EACCES` for instance. */
export function codeOf(fault: unknown): string {
  const { code } = fault as NodeJS.ErrnoException;
  return code ?? 'unknown fault';
}
