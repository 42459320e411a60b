/**
 * Whether a shared screen's sound has in it what this page plays, so that everybody would hear their own voice come back. Another tab's
 * sound is that tab's alone; a whole system's has everything, unless the browser says that it leaves this page's out
 * (`restrictOwnAudio`, Screen Capture §5.4). What nobody can tell counts as heard.
 */
export function hearsThisPage(picture: MediaStreamTrack, sound: MediaStreamTrack): boolean {
  const { displaySurface } = picture.getSettings();
  const { restrictOwnAudio } = sound.getSettings() as { restrictOwnAudio?: boolean };
  return displaySurface !== 'browser' && restrictOwnAudio !== true;
}
