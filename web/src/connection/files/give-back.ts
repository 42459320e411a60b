const nowhere = makeNowhere();

/**
 * Gives a buffer's memory back at once; it is empty afterwards. A browser's own buffers lie outside the heap, where nothing presses it to
 * collect them before tens of megabytes are waiting. Transferring one to a port that leads nowhere is the one way to be rid of it:
 * `ArrayBuffer.transfer` leaves the bytes with the browser, and only takes them off the account by which it decides to collect.
 */
export function giveBack(buffer: ArrayBuffer): void {
  // An empty one may have been passed on, and cannot be again.
  if (buffer.byteLength > 0) nowhere?.postMessage(null, [buffer]);
}

function makeNowhere(): MessagePort | null {
  if (!('MessageChannel' in globalThis)) return null;
  const { port1 } = new MessageChannel();
  port1.close();
  return port1;
}
