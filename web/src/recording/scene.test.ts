import { beforeEach, expect, it, vi } from 'vitest';
import { Participant } from '../call/participant.svelte.ts';
import { FakeStream, FakeTrack, view } from '../call/test/fakes.ts';
import { sceneOf } from './scene.ts';

const ours = 'recording-of-ours';

/** As a stream that tells its pictures from its sounds: here all tracks are both. */
class Stream extends FakeStream {
  getVideoTracks = () => this.getTracks();
  getAudioTracks = () => this.getTracks();
}

beforeEach(() => vi.stubGlobal('MediaStream', Stream));

/** Somebody who sends all there is to send. */
function somebody(id: string, consents?: string[]) {
  const media = { microphone: true, camera: true, screen: true, ...(consents && { consents }) };
  const person = new Participant(view(id, { media }));
  const track = (what: string) => new FakeTrack(what, `${id} ${what}`) as never;
  person.setLink('ok', {
    microphone: track('voice'),
    camera: track('face'),
    screen: track('screen'),
    screenSound: track('film'),
  });
  return person;
}

const idsOf = (tracks: Iterable<MediaStreamTrack>) => [...tracks].map(({ id }) => id);

it('R93 has all of who agreed to it and of oneself, and nothing but the name of everybody else', () => {
  const people = [
    somebody('self'),
    somebody('ada', [ours]),
    somebody('bo'),
    somebody('cy', ['recording-of-others']),
  ];
  const { tiles, pictures, sounds } = sceneOf(people, ours, 'Someone');
  expect(idsOf(pictures.values())).toEqual(['self face', 'self screen', 'ada face', 'ada screen']);
  expect(idsOf(sounds)).toEqual(['self voice', 'self film', 'ada voice', 'ada film']);
  expect(tiles.map(({ name, isScreen, isShown }) => [name, isScreen, isShown])).toEqual([
    ['self', false, true],
    ['self', true, true],
    ['ada', false, true],
    ['ada', true, true],
    ['bo', false, false],
    ['cy', false, false],
  ]);
});

it('shows initials of whose camera is off, and hears nobody who is muted', () => {
  const ada = somebody('ada', [ours]);
  ada.setMedia({ microphone: false, camera: false, consents: [ours] });
  const { tiles, pictures, sounds } = sceneOf([ada], ours, 'Someone');
  expect(tiles).toMatchObject([{ name: 'ada', initials: 'A', isShown: false }]);
  expect([pictures.size, sounds.length]).toEqual([0, 0]);
});

it('names somebody whose name cannot be read', () => {
  const [tile] = sceneOf([new Participant(view('ada', { name: null }))], ours, 'Someone').tiles;
  expect(tile).toMatchObject({ name: 'Someone', initials: '?' });
});
