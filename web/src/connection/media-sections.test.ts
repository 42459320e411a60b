import { expect, it, vi } from 'vitest';
import { cameraEncoding } from './camera-encoding.ts';
import { MediaSections } from './media-sections.ts';
import { ManualClock } from './test/manual-clock.ts';

function sections() {
  const transceivers: ReturnType<typeof transceiver>[] = [];
  const connection = {
    addTransceiver: () => {
      const made = transceiver();
      transceivers.push(made);
      return made;
    },
  } as unknown as RTCPeerConnection;
  const options = { tracks: {}, camera: cameraEncoding(2) };
  const made = new MediaSections(connection, new ManualClock(), options);
  made.offer();
  return { made, transceivers };
}

function transceiver() {
  return {
    sender: {
      replaceTrack: vi.fn((_track: unknown) => Promise.resolve()),
      getParameters: () => ({ encodings: [{}] }),
      setParameters: vi.fn((_parameters: RTCRtpSendParameters, _options?: object) =>
        Promise.resolve(),
      ),
    },
  };
}

const screen = (contentHint: string) => ({ contentHint }) as MediaStreamTrack;

it('R55 a screen goes into its own section and is encoded as its hint says, also when that changes', async () => {
  const { made, transceivers } = sections();
  const text = screen('detail');
  await made.send('screen', text);
  expect(transceivers).toHaveLength(4);
  const sender = transceivers[2]?.sender;
  expect(sender?.replaceTrack).toHaveBeenLastCalledWith(text);
  const asked = () => sender?.setParameters.mock.lastCall?.[0];
  expect(asked()).toMatchObject({ degradationPreference: 'maintain-resolution' });
  await made.send('screen', screen('motion'));
  expect(asked()).toMatchObject({ degradationPreference: 'maintain-framerate' });
  const before = asked()?.encodings[0]?.maxBitrate ?? 0;
  made.encodeCamera(cameraEncoding(8));
  expect(asked()?.encodings[0]?.maxBitrate).toBeLessThan(before);
});

it('sends whole pictures of camera and screen when it is asked to, where there are any', async () => {
  const { made, transceivers } = sections();
  await made.send('screen', screen('detail'));
  const [, camera, shared] = transceivers.map(({ sender }) => sender.setParameters);
  for (const asked of [camera, shared]) asked?.mockClear();
  made.refresh();
  expect(shared).toHaveBeenCalledWith(expect.anything(), { encodingOptions: [{ keyFrame: true }] });
  expect(camera).not.toHaveBeenCalled();
});

it('sets nothing for a screen that is not shared', async () => {
  const { made, transceivers } = sections();
  made.encodeCamera(cameraEncoding(8));
  await made.send('screen', null);
  expect(transceivers[2]?.sender.setParameters).not.toHaveBeenCalled();
});
