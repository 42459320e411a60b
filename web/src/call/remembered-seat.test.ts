import { beforeEach, expect, it } from 'vitest';
import { isSeat, rememberSeat, rememberedSeat } from './remembered-seat.ts';
import { seat } from './test/visiting.ts';

beforeEach(() => sessionStorage.clear());

it('keeps the seat of each meeting for this tab, until it is given up', () => {
  rememberSeat('one', seat);
  rememberSeat('two', { ...seat, name: 'Bo' });
  expect(rememberedSeat('one')).toEqual(seat);
  expect(rememberedSeat('two')?.name).toBe('Bo');
  rememberSeat('one', null);
  expect(rememberedSeat('one')).toBeNull();
  expect(rememberedSeat('two')?.name).toBe('Bo');
  expect(localStorage).toHaveLength(0);
});

it('a seat whose join was not answered yet has no resume token', () => {
  expect(isSeat({ ...seat, resume: null })).toBe(true);
});

it.each([
  ['nothing', null],
  ['a text', 'seat'],
  ['a list', []],
  ['no name', { ...seat, name: undefined }],
  ['no word about a resume token', { ...seat, resume: undefined }],
  ['a resume token that is no text', { ...seat, resume: 7 }],
  ['no admission', { ...seat, admission: undefined }],
  ['an admission without its token', { ...seat, admission: { ...seat.admission, token: 1 } }],
  ['nobody', { ...seat, admission: { ...seat.admission, participantId: null } }],
  ['no lifetime', { ...seat, admission: { ...seat.admission, tokenLifetime: '60' } }],
  ['no media', { ...seat, media: null }],
  ['media of an older version', { ...seat, media: { microphone: 'on', camera: 'off' } }],
  ['half the media', { ...seat, media: { microphone: true } }],
])('does not take %s for a seat', (_what, value) => {
  expect(isSeat(value)).toBe(false);
  sessionStorage.setItem('confab:seat:one', JSON.stringify(value));
  expect(rememberedSeat('one')).toBeNull();
});

it('does not take what is no JSON for a seat', () => {
  sessionStorage.setItem('confab:seat:one', '{"name":');
  expect(rememberedSeat('one')).toBeNull();
});
