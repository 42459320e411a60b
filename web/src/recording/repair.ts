import {
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  WEBM,
} from 'mediabunny';
import { RecordedFile } from './recorded-file.ts';
import { deleteRecording, fileOf, wholeName } from './recording-store.ts';

/**
 * Makes a whole file, with its length and places to go to, of one that a page left behind in the middle; what was encoded is copied as it is.
 * Rejects where nothing in it can be read, or there is no room for both: then the part is left alone.
 */
export async function repairRecording(name: string): Promise<void> {
  const input = new Input({ source: new BlobSource(await fileOf(name)), formats: [WEBM] });
  const whole = wholeName(name);
  const file = await RecordedFile.open(whole);
  try {
    await copy(input, file);
    await file.finish();
  } catch (error) {
    file.abandon();
    await deleteRecording(whole);
    throw error;
  }
  await deleteRecording(name);
}

async function copy(input: Input, { output }: RecordedFile): Promise<void> {
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  const [videoCodec, audioCodec] = [await video?.getCodec(), await audio?.getCodec()];
  if (!video || !audio || !videoCodec || !audioCodec) throw new Error('There is nothing in it.');
  const pictures = new EncodedVideoPacketSource(videoCodec);
  const sound = new EncodedAudioPacketSource(audioCodec);
  output.addVideoTrack(pictures);
  output.addAudioTrack(sound);
  await output.start();
  const [videoConfig, audioConfig] = [
    await video.getDecoderConfig(),
    await audio.getDecoderConfig(),
  ];
  const videoMeta = videoConfig ? { decoderConfig: videoConfig } : {};
  const audioMeta = audioConfig ? { decoderConfig: audioConfig } : {};
  const [shown, heard] = [new EncodedPacketSink(video), new EncodedPacketSink(audio)];
  let picture = await shown.getFirstPacket();
  let block = await heard.getFirstPacket();
  // In the order of time, so that nothing has to be kept waiting.
  while (picture || block) {
    if (picture && (!block || picture.timestamp <= block.timestamp)) {
      await pictures.add(picture, videoMeta);
      picture = await shown.getNextPacket(picture);
    } else if (block) {
      await sound.add(block, audioMeta);
      block = await heard.getNextPacket(block);
    }
  }
}
