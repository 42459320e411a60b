import type { Plugin } from 'vite';

/** What Paraglide writes around each message: it chooses among languages. */
const CHOICE =
  /export const (\w+) = (?:\/\*\*.*?\*\/ )?\(\(inputs(?: = \{\})?, options = \{\}\) => \{\s*experimentalStaticLocale \?\? options\.locale \?\? getLocale\(\)\s*return (\w+)\(inputs\)\s*\}\);/g;
const RUNTIME = "import { getLocale, experimentalStaticLocale } from '../runtime.js';";

/** Leaves out the choice among one: it is a tenth of the app's JavaScript, after compression. */
export function oneLanguage(): Plugin {
  return {
    name: 'confab:one-language',
    apply: 'build',
    transform: {
      filter: { id: /\/src\/paraglide\/messages\/[^/]+\.js$/ },
      handler(code, id) {
        const messages = code.replace(CHOICE, 'export { $2 as $1 };');
        if (messages.includes('options.locale'))
          this.error(`${id} is not what Paraglide wrote when it chose among one language.`);
        return { code: messages.replace(RUNTIME, ''), map: null };
      },
    },
  };
}
