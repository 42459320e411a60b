/** A recording that is being made, or repaired, is held under this name, so that no other tab offers it. */
const lockOf = (name: string) => `confab:recording:${Number.parseInt(name)}`;

/** Holds the recording until the returned function is called, or the page is gone. */
export function holdRecording(name: string): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks.request(lockOf(name), () => held);
  return release;
}

/** Resolves when nobody holds the recording. */
export async function untilFree(name: string): Promise<void> {
  await navigator.locks.request(lockOf(name), () => undefined);
}

/** Whether some tab of this browser holds the recording. */
export async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === lockOf(name));
}
