/** For how long it is said that something was copied, in milliseconds. */
export const COPIED_MS = 2_500;

/** Puts `text` on the clipboard; false where the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without permission, focus or HTTPS there is no clipboard; the caller then shows the text itself.
    return false;
  }
}
