import { afterEach, expect, it } from 'vitest';
import * as m from '../paraglide/messages.js';
import { speak } from '../words/spoken.svelte.ts';
import { listed } from './chat-people.ts';

afterEach(() => speak('en'));

const marked = (name: string) => `\u2068${name}\u2069`;

it.each(['محمد الأول', 'דנה', 'Ada (אדה)'])('%s leaves an English sentence in order', (name) => {
  expect(m.chat_typing_one({ who: listed([name]) })).toBe(`${marked(name)} is writing…`);
  expect(m.chat_typing_several({ who: listed([name, 'Bo']) })).toBe(
    `${marked(name)} and Bo are writing…`,
  );
});

it('a name that runs as its sentence does is left as it is', () => {
  for (const name of ['Ada', '小龙', 'Ada ❤️']) expect(listed([name])).toBe(name);
});

it('each name of a list in Arabic keeps its own order', async () => {
  await speak('ar');
  expect(listed(['Ada (2)', 'محمد'])).toBe(`${marked('Ada (2)')} و${marked('محمد')}`);
});
