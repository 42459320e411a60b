import { relayOptions } from './options.ts';
import type { RelaySettings } from './relay-settings.ts';

/** coturn's configuration file, with the reason above each line. Holds the secret: only coturn may read it. */
export function relayConfiguration(settings: RelaySettings): string {
  const [major, minor] = settings.version;
  const lines = relayOptions(settings).flatMap(({ name, value, reason }) => [
    `# ${reason}`,
    value === null ? name : `${name}=${value}`,
  ]);
  return [
    `# coturn ${major}.${minor}, for Confab. Written by \`npm run turn:config\`: change the settings, not this file.`,
    ...lines,
    '',
  ].join('\n');
}
