/** Keeps the screen awake while the page is seen, where the browser can. Returns what lets it sleep again. */
export function keepAwake(): () => void {
  // Absent in some browsers and without HTTPS, whatever the type says.
  const source = navigator.wakeLock as WakeLock | undefined;
  let isWanted = true;
  let lock: WakeLockSentinel | undefined;

  async function take() {
    if (!source || !isWanted || document.visibilityState !== 'visible') return;
    try {
      lock = await source.request('screen');
      if (!isWanted) await lock.release();
    } catch {
      // Saving power is the system's right; the meeting goes on with a dark screen.
      lock = undefined;
    }
  }
  const retake = () => void take();

  retake();
  // The browser takes the lock away whenever the page is hidden.
  document.addEventListener('visibilitychange', retake);
  return () => {
    isWanted = false;
    document.removeEventListener('visibilitychange', retake);
    void lock?.release();
  };
}
