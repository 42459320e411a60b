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
