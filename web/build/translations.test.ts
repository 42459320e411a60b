import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMessages } from './read-messages.ts';
import { LANGUAGES } from '../src/words/languages.ts';
import type { Message } from '../src/words/message.ts';

const english = readMessages('en');
const inputsOf = (message: Message) =>
  [...new Set(JSON.stringify(message).match(/(?<=\{)\w+(?=\})/g) ?? [])].sort();
/** Texts that are a list of words to be found by, one group for each emoji. */
const emojiOf = (list: Message) =>
  typeof list === 'string' ? list.split('|').map((one) => one.split(' ')[0]) : [];
/** Where nothing in the sentence agrees with the number, in no language. */
const SAME_FOR_ANY_COUNT = [
  'admin_end_for',
  'admin_webhooks_failing',
  'admin_webhooks_well',
  'chat_reaction',
  'connections_more',
  'host_end_ask_invitations',
  'people_to_answer',
];

const page = readFileSync(path.join(import.meta.dirname, '../index.html'), 'utf8');

describe.each(Object.keys(LANGUAGES))('%s', (language) => {
  const messages = readMessages(language);

  it('says that nothing works without scripts', () => {
    const unscripted = /<noscript>([^]*)<\/noscript>/.exec(page)?.[1];
    expect(unscripted).toMatch(new RegExp(`<p lang="${language}"[^>]*>[^<]*JavaScript`));
  });

  it('says everything that English says, and nothing else', () => {
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
    expect([...messages].filter(([, message]) => message === '')).toEqual([]);
  });

  it('names in each message what English names in it', () => {
    const differing = [...messages].filter(
      ([key, message]) => inputsOf(message).join() !== inputsOf(english.get(key) ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it('has a text for every plural form of the language', () => {
    const incomplete = [...messages].filter(([, message]) => {
      if (typeof message === 'string') return false;
      const type = message.ordinal ? 'ordinal' : 'cardinal';
      const { pluralCategories } = new Intl.PluralRules(language, { type }).resolvedOptions();
      // Of the Romance languages, `many` is for millions, which are counted nowhere here.
      const counted = pluralCategories.filter((form) => form !== 'many' || language === 'ar');
      return counted.some((form) => message.forms[form] === undefined);
    });
    expect(incomplete).toEqual([]);
  });

  it('says in the plural form of its number whatever is counted', () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const plain = [...messages].filter(
      ([key, message]) =>
        typeof message === 'string' &&
        message.includes('{count}') &&
        !SAME_FOR_ANY_COUNT.includes(key),
    );
    expect(pluralCategories.length > 1 ? plain : []).toEqual([]);
  });

  it('finds the same emoji, by words of its own', () => {
    for (const key of [...english.keys()].filter((one) => one.endsWith('_words'))) {
      const [own, others] = [messages.get(key) ?? '', english.get(key) ?? ''];
      expect(emojiOf(own), key).toEqual(emojiOf(others));
      if (language !== 'en') expect(own, key).not.toBe(others);
    }
  });
});
