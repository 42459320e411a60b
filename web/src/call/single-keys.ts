import { StoredSwitch } from './stored-switch.svelte.ts';

/** Whether single keys do something at once, which whoever speaks to a computer may not want (WCAG 2.1.4). */
export const singleKeys = new StoredSwitch('confab:single-keys');
