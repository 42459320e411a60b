const RATE = 16_000;
/** Hertz and seconds: a fifth upward, as no notification sounds. */
const NOTES: [pitch: number, length: number][] = [
  [440, 0.35],
  [660, 0.55],
];
const HEADER_BYTES = 44;

/** Two soft notes as a WAV file: 16-bit PCM, mono (RIFF WAVE). */
export function testSound(): Blob {
  const samples = NOTES.flatMap(([pitch, length]) => note(pitch, length));
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + samples.length * 2));
  const text = (at: number, word: string) => {
    for (let index = 0; index < word.length; index++)
      view.setUint8(at + index, word.charCodeAt(index));
  };
  text(0, 'RIFF');
  view.setUint32(4, view.byteLength - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    view.setInt16(HEADER_BYTES + index * 2, Math.round(sample * 32_767), true);
  });
  return new Blob([view], { type: 'audio/wav' });
}

/** A sine that swells and fades, so that it begins and ends without a click. */
function note(pitch: number, length: number): number[] {
  const count = Math.round(RATE * length);
  return Array.from({ length: count }, (_, index) => {
    const envelope = Math.sin((Math.PI * index) / count) * 0.4;
    return envelope * Math.sin((2 * Math.PI * pitch * index) / RATE);
  });
}
