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
  const clock = new ManualClock();
  const made = new MediaSections(connection, clock, options);
  made.offer();
  return { made, transceivers, clock };
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

const screen = (contentHint: string, width = 1_280) =>
  ({ contentHint, getSettings: () => ({ width }) }) as MediaStreamTrack;

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

it('begins a large screen with pictures that are soon there, and sends it whole half a second later', async () => {
  const { made, transceivers, clock } = sections();
  const sender = transceivers[2]?.sender;
  const scales = () =>
    sender?.setParameters.mock.calls.map(([{ encodings }]) => encodings[0]?.scaleResolutionDownBy);
  const sharing = made.send('screen', screen('detail', 2_560));
  expect(scales()).toEqual([2]);
  expect(sender?.replaceTrack).toHaveBeenCalled();
  await sharing;
  made.encodeCamera(cameraEncoding(4));
  clock.advance(500);
  expect(scales()).toEqual([2, 2, 2, 1]);
  made.encodeCamera(cameraEncoding(2));
  expect(scales()?.at(-1)).toBe(1);
});

it('shrinks no screen that is small already', async () => {
  const { made, transceivers } = sections();
  await made.send('screen', screen('detail', 800));
  const [first] = transceivers[2]?.sender.setParameters.mock.calls ?? [];
  expect(first?.[0].encodings[0]?.scaleResolutionDownBy).toBe(1);
});
