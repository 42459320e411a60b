import { beforeEach, expect, it } from 'vitest';
import { Preferences } from './preferences.ts';

beforeEach(() => localStorage.clear());

it('remembers what was chosen, for the next page', () => {
  new Preferences().remember({ name: 'Ada', cameraOn: false });
  expect(new Preferences().choices).toMatchObject({
    name: 'Ada',
    cameraOn: false,
    microphoneOn: true,
  });
});

it('takes over what fits from a foreign entry and nothing else', () => {
  localStorage.setItem('confab:choices', '{"name":7,"cameraOn":false,"__proto__":{},"more":1}');
  const { choices } = new Preferences();
  expect(choices).toMatchObject({ name: '', cameraOn: false });
  expect(Object.keys(choices)).not.toContain('more');
});

it.each(['', 'null', '[', '"text"', '[1]'])('begins anew where %j was stored', (entry) => {
  localStorage.setItem('confab:choices', entry);
  expect(new Preferences().choices.name).toBe('');
});

it('works for this page where storage is forbidden', () => {
  const preferences = new Preferences(() => {
    throw new DOMException('', 'SecurityError');
  });
  preferences.remember({ name: 'Ada' });
  expect(preferences.choices.name).toBe('Ada');
});
