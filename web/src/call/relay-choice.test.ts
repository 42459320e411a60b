import { expect, test } from 'vitest';
import { Preferences } from './preferences.ts';
import { RelayChoice } from './relay-choice.svelte.ts';

function choice(before: boolean) {
  localStorage.clear();
  const preferences = new Preferences();
  preferences.remember({ relayOnly: before });
  return { relay: new RelayChoice(preferences), preferences };
}

test('it is offered where the server has a relay, and remembered', () => {
  const { relay, preferences } = choice(false);
  expect([relay.isOffered, relay.isOn]).toEqual([false, false]);
  relay.offer(true);
  relay.set(true);
  expect([relay.isOffered, relay.isOn, relay.isLost]).toEqual([true, true, false]);
  expect(preferences.choices.relayOnly).toBe(true);
  expect(new RelayChoice(new Preferences()).isOn).toBe(true);
});

test('where the relay is gone, the choice is too, and that is said', () => {
  const { relay, preferences } = choice(true);
  relay.offer(false);
  expect([relay.isOffered, relay.isOn, relay.isLost]).toEqual([false, false, true]);
  expect(preferences.choices.relayOnly).toBe(false);
});

test('where the server says nothing, what was chosen holds', () => {
  const { relay } = choice(true);
  relay.offer(null);
  expect([relay.isOffered, relay.isOn, relay.isLost]).toEqual([true, true, false]);
});
