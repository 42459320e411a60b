import { expect, test, vi } from 'vitest';
import { Emitter } from './emitter.ts';

vi.mock('./surface-error.ts', () => ({ surfaceError: (error: unknown) => surfaced.push(error) }));
const surfaced: unknown[] = [];

test('listeners hear what they listen to, until they stop', () => {
  const emitter = new Emitter<{ number: number; text: string }>();
  const heard: unknown[] = [];
  const stop = emitter.on('number', (value) => heard.push(value));
  emitter.on('text', (value) => heard.push(value));
  emitter.emit('number', 1);
  emitter.emit('text', 'a');
  stop();
  emitter.emit('number', 2);
  expect(heard).toEqual([1, 'a']);
});

test('one listener’s mistake does not stop the others, nor is it hidden', () => {
  const emitter = new Emitter<{ news: number }>();
  const heard: number[] = [];
  const mistake = new Error('mistake');
  emitter.on('news', () => {
    throw mistake;
  });
  emitter.on('news', (value) => heard.push(value));
  emitter.emit('news', 1);
  expect(heard).toEqual([1]);
  expect(surfaced).toEqual([mistake]);
});
