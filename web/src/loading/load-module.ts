import { hold, letGo } from './files.ts';
import { persist } from './persist.ts';

/**
 * Every `import()` of the built app (build/patient-imports.ts): has the module and all it needs fetched, as often as it takes, and
 * imports it then. `files` are addresses relative to the app's. Throws when several tries were of no use.
 */
export function loadModule<Module>(
  load: () => Promise<Module>,
  files: readonly string[] = [],
): Promise<Module> {
  const needed = files.map((file) => import.meta.env.BASE_URL + file);
  return persist(async () => {
    await Promise.all(needed.map(hold));
    try {
      return await load();
    } catch (error) {
      letGo(needed);
      throw error;
    }
  });
}
