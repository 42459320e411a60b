/**
 * Asks the browser to leave what this page keeps alone when the device runs out of room, where it decides so by itself. Other browsers than
 * Chromium's would ask the person, who has just pressed a button for something else.
 */
export async function keepStorage(): Promise<void> {
  if (!('userAgentData' in navigator)) return;
  try {
    await navigator.storage.persist();
  } catch {
    // What is kept may then be deleted, as is said beside it (`isStorageKept`).
  }
}

/** Whether the browser deletes nothing of what this page keeps, however little room there is. */
export async function isStorageKept(): Promise<boolean> {
  try {
    return await navigator.storage.persisted();
  } catch {
    return false;
  }
}
