import { singleKeys } from '../call/single-keys.ts';

/** What single keys do; by the letter they type, lower case. */
export type Shortcuts = Partial<Record<string, () => void>>;

/**
 * Runs the shortcut that a key press stands for, unless somebody is typing, means the browser, or has switched single keys off. Where a key
 * types no Latin letter, its place counts.
 */
export function runShortcut(event: KeyboardEvent, shortcuts: Shortcuts): void {
  if (!singleKeys.isOn) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.defaultPrevented || isTyping(event.target)) return;
  const run = shortcuts[typed(event).toLowerCase()];
  if (!run) return;
  event.preventDefault();
  run();
}

function typed({ key, code, shiftKey }: KeyboardEvent): string {
  if (key.length > 1 || key < '\x80') return key;
  return code === 'Slash' && shiftKey ? '?' : code.replace(/^Key/, '');
}

/** Whether keys make text where the focus is. A list jumps to the entry that begins with the letter, so it counts too. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'))
  );
}
