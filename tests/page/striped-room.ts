/** Runs in a page before its own scripts: the camera shows a room of black and white stripes. Must not refer to anything outside itself. */
export function showStripedRoom(): void {
  const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
    if (!constraints.video) return capture(constraints);
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 180;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This page cannot draw.');
    const stream = canvas.captureStream(10);
    let step = 0;
    const timer = setInterval(() => {
      if (stream.getVideoTracks()[0]?.readyState !== 'live') clearInterval(timer);
      for (let x = 0; x < canvas.width; x += 40) {
        context.fillStyle = (x / 40) % 2 === 0 ? 'black' : 'white';
        context.fillRect(x, 0, 40, canvas.height);
      }
      // Only what changes is captured.
      context.fillStyle = step++ % 2 === 0 ? 'black' : 'white';
      context.fillRect(0, 0, 8, 8);
    }, 100);
    return Promise.resolve(stream);
  };
}

/** How sharp the sharpest edge in a video's middle line is, from 0 to 255; 0 without a picture. Must not refer to anything outside itself. */
export function sharpestEdge(video: HTMLVideoElement | SVGElement): number {
  if (!(video instanceof HTMLVideoElement) || video.videoWidth === 0) return 0;
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This page cannot draw.');
  context.drawImage(video, 0, video.videoHeight / 2, video.videoWidth, 1, 0, 0, 320, 1);
  const { data } = context.getImageData(0, 0, 320, 1);
  let sharpest = 0;
  // Across two dots, since an encoder spreads an edge over as many.
  for (let dot = 2; dot < 320; dot++) {
    const step = Math.abs((data[dot * 4 + 1] ?? 0) - (data[(dot - 2) * 4 + 1] ?? 0));
    sharpest = Math.max(sharpest, step);
  }
  return sharpest;
}
