import { hold, letGo } from './files.ts';
import { persist } from './persist.ts';

let hasLoaded = false;

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
    const holding = [];
    for (const file of needed) {
      holding.push(hold(file));
      // Dozens of requests in one task would hold up a phone's page; before there is one, there is nothing to hold up.
      if (hasLoaded) await breathe();
    }
    await Promise.all(holding);
    needed.filter((file) => file.endsWith('.js')).forEach(preloadModule);
    try {
      const module = await load();
      hasLoaded = true;
      return module;
    } catch (error) {
      letGo(needed);
      throw error;
    }
  });
}

/** Lets the browser do what is more urgent, where it can be asked to. */
function breathe(): Promise<void> | undefined {
  const { scheduler } = globalThis as { scheduler?: { yield: () => Promise<void> } };
  return scheduler?.yield();
}

/** All are read from the cache beside one another; an import reads what it needs only when it has read who needs it. */
function preloadModule(file: string): void {
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.href = file;
  // Gone when it is done: of a link that stays `hold` believes that the page brought the file with it.
  link.onload = link.onerror = () => link.remove();
  document.head.append(link);
}
