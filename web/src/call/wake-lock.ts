/** Keeps the screen awake while the page is seen, where the browser can. Returns what lets it sleep again. */
export function keepAwake(): () => void {
  // Absent in some browsers and without HTTPS, whatever the type says.
  const source = navigator.wakeLock as WakeLock | undefined;
  const wanted = new AbortController();
  let lock: WakeLockSentinel | undefined;

  async function take() {
    if (!source || document.visibilityState !== 'visible') return;
    try {
      lock = await source.request('screen');
      if (wanted.signal.aborted) await lock.release();
    } catch {
      // Saving power is the system's right; the meeting goes on with a dark screen.
      lock = undefined;
    }
  }
  const retake = () => void take();

  retake();
  // The browser takes the lock away whenever the page is hidden.
  document.addEventListener('visibilitychange', retake, { signal: wanted.signal });
  return () => {
    wanted.abort();
    void lock?.release();
  };
}
