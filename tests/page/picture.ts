/** What a `<video>` shows now: the mean colour of what is drawn, and how far its track has come; null while it shows nothing. */
export type Picture = { rgb: [number, number, number]; framesDecoded: number | null };

/** Runs in the page: reads the picture off the element itself, as an eye would. Must not refer to anything outside itself. */
export async function readPicture(element: Node): Promise<Picture | null> {
  const video = element as HTMLVideoElement;
  if (!(video.srcObject instanceof MediaStream) || video.videoWidth === 0) return null;
  const [track] = video.srcObject.getVideoTracks();
  const canvas = document.createElement('canvas');
  canvas.width = 16;
  canvas.height = 9;
  const context = canvas.getContext('2d');
  if (!track || !context) return null;
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const mean = (channel: number) => {
    let sum = 0;
    for (let index = channel; index < data.length; index += 4) sum += data[index] ?? 0;
    return Math.round(sum / (data.length / 4));
  };
  return {
    rgb: [mean(0), mean(1), mean(2)],
    framesDecoded: await window.observer.framesDecoded(track),
  };
}
