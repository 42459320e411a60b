/** An invented person: colours of the wall behind them, their skin, hair and clothes. */
export type Portrait = { wall: [string, string]; skin: string; hair: string; clothes: string };

/** Runs in a page before its own scripts: the camera shows a drawn portrait, the microphone hears nothing. Must not refer to anything outside itself. */
export function drawPortrait({ wall, skin, hair, clothes }: Portrait): void {
  const width = 960;
  const height = 540;
  navigator.mediaDevices.getUserMedia = (constraints = {}) => {
    const tracks = [
      ...(constraints.video ? camera() : []),
      ...(constraints.audio
        ? new AudioContext().createMediaStreamDestination().stream.getAudioTracks()
        : []),
    ];
    return Promise.resolve(new MediaStream(tracks));
  };

  function camera(): MediaStreamTrack[] {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('This page cannot draw.');
    let step = 0;
    setInterval(() => draw(context, Math.sin(step++ / 15) * 4), 100);
    return canvas.captureStream(10).getVideoTracks();
  }

  function draw(context: CanvasRenderingContext2D, sway: number) {
    const light = context.createLinearGradient(0, 0, width, height);
    light.addColorStop(0, wall[0]);
    light.addColorStop(1, wall[1]);
    context.fillStyle = light;
    context.fillRect(0, 0, width, height);
    context.save();
    context.translate(width / 2 + sway, 0);
    blob(context, hair, 0, 235, 122, 138);
    blob(context, hair, 0, 300, 104, 120);
    blob(context, clothes, 0, 640, 290, 230);
    context.fillStyle = skin;
    context.beginPath();
    context.roundRect(-42, 300, 84, 130, 42);
    context.fill();
    blob(context, skin, 0, 262, 92, 116);
    context.fillStyle = hair;
    context.beginPath();
    context.ellipse(0, 205, 100, 84, 0, Math.PI, 2 * Math.PI);
    context.bezierCurveTo(90, 190, 20, 205, -20, 168);
    context.bezierCurveTo(-40, 200, -90, 205, -100, 205);
    context.fill();
    context.restore();
  }

  function blob(
    context: CanvasRenderingContext2D,
    colour: string,
    ...[x, y, radiusX, radiusY]: [number, number, number, number]
  ) {
    context.fillStyle = colour;
    context.beginPath();
    context.ellipse(x, y, radiusX, radiusY, 0, 0, 2 * Math.PI);
    context.fill();
  }
}
