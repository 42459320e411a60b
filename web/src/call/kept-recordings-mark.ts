const KEY = 'confab:recordings';

/** Whether this browser may keep recordings: to be known before anything is fetched that could tell for sure. */
export function mayKeepRecordings(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

export function markKeptRecordings(areThere: boolean): void {
  if (areThere) localStorage.setItem(KEY, 'true');
  else localStorage.removeItem(KEY);
}
