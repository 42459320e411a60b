import { fileURLToPath } from 'node:url';
import { test } from '../fixtures/test.ts';
import { until } from '../fixtures/until.ts';
import { drawPortrait, type Portrait } from './draw-portrait.ts';

const file = fileURLToPath(new URL('../../docs/meeting.png', import.meta.url));

const portraits: [string, Portrait][] = [
  ['Amara', { wall: ['#f3dcc0', '#d9a679'], skin: '#7b4a32', hair: '#231815', clothes: '#14584a' }],
  ['Jonas', { wall: ['#cfe0e6', '#87a8b8'], skin: '#edc3a2', hair: '#a8642f', clothes: '#34405e' }],
  ['Mei', { wall: ['#e7dff0', '#a899c4'], skin: '#f0cda8', hair: '#1d1b22', clothes: '#c4573f' }],
  ['Tomás', { wall: ['#dde6cf', '#93ac7c'], skin: '#c58e66', hair: '#3a2417', clothes: '#e9b44c' }],
];

test('the picture in the README: a meeting of four', async ({ arrive, meeting }) => {
  const people = [];
  for (const [name, portrait] of portraits) {
    const person = await arrive(name, { devices: 'drawn' });
    await person.page.context().addInitScript(drawPortrait, portrait);
    await person.joins(meeting);
    people.push(person);
  }
  const [onlooker, ...others] = people.reverse();
  if (!onlooker) throw new Error('Nobody is there.');
  await onlooker.page.setViewportSize({ width: 1440, height: 900 });
  await others[1]?.mutes();
  await until(async () => {
    for (const other of others) {
      const frames = await onlooker.framesFrom(other);
      // By then the picture has found its sharpness.
      if (frames < 150) return `${onlooker.name} has ${frames} frames of ${other.name}`;
    }
    return '';
  }, 60_000);
  await onlooker.page.mouse.move(0, 0);
  await onlooker.page.screenshot({ path: file });
});
