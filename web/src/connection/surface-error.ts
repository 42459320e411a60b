/** Lets a fault of our own reach the console and the browser's error event, without stopping what goes on here. */
export function surfaceError(error: unknown): void {
  queueMicrotask(() => {
    throw error instanceof Error ? error : new Error(String(error));
  });
}
