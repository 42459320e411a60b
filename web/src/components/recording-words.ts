/** The name under which a recording is saved: in the order of time, and without what file systems refuse. */
export function recordingFileName(beganAt: number): string {
  const at = new Date(beganAt);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `Confab ${day} ${two(at.getHours())}.${two(at.getMinutes())}.webm`;
}
