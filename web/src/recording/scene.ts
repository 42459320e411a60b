import type { Participant } from '../call/participant.svelte.ts';
import { hueOf, initialsOf } from '../components/initials.ts';
import type { SceneTile } from './recorder-messages.ts';

/** What of the meeting is in a recording at one moment: the tiles, the pictures in them by their keys, and the sound. */
export type Scene = {
  tiles: SceneTile[];
  pictures: Map<string, MediaStreamTrack>;
  sounds: MediaStreamTrack[];
};

/** Puts together what `recording` may have: of whoever has not agreed to it, a name and no more (R93). */
export function sceneOf(
  participants: Iterable<Participant>,
  recording: string,
  nameless: string,
): Scene {
  const scene: Scene = { tiles: [], pictures: new Map(), sounds: [] };
  for (const one of participants) {
    const { id, name, media } = one;
    const mayHave = one.isSelf || (media.consents?.includes(recording) ?? false);
    const look = { name: name ?? nameless, initials: initialsOf(name), hue: hueOf(id) };
    const show = (key: string, isScreen: boolean, stream: MediaStream | null) => {
      const [track] = stream?.getVideoTracks() ?? [];
      scene.tiles.push({ key, ...look, isScreen, isShown: track !== undefined });
      if (track) scene.pictures.set(key, track);
    };
    show(id, false, mayHave && media.camera ? one.picture : null);
    if (!mayHave) continue;
    if (one.screen) show(`${id} screen`, true, one.screen);
    if (media.microphone) scene.sounds.push(...(one.sound?.getAudioTracks() ?? []));
    scene.sounds.push(...(one.screenSound?.getAudioTracks() ?? []));
  }
  return scene;
}
