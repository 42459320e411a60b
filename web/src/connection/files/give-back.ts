/**
 * Gives memory back at once. Large buffers lie outside the heap, and a browser collects them only when tens of megabytes of them are
 * waiting. The buffer is empty afterwards.
 */
export function giveBack(buffer: ArrayBuffer): void {
  // Younger than what the compiler knows, and older than every browser that may join.
  const { transfer } = buffer as { transfer?: (length: number) => ArrayBuffer };
  transfer?.call(buffer, 0);
}
