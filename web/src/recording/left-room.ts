/** How much this page may still write to the disk, in bytes; as far as the browser tells. */
export async function leftRoom(): Promise<number> {
  const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
  return quota - usage;
}
