import { directionOf } from './languages.ts';
import type { Inputs, Message } from './message.ts';
import { perLanguage } from './per-language.ts';
import { isolated } from '../call/isolated.ts';
import { messageAt, spokenLanguage } from './spoken.svelte.ts';

/**
 * What every call of a message becomes when the app is built (build/word-tables.ts): message number `index` in the language that is
 * spoken.
 */
export function word(index: number, inputs?: Inputs): string {
  const message = messageAt(index) ?? '';
  if (inputs === undefined) return typeof message === 'string' ? message : message.forms.other;
  return formOf(message, inputs).replace(/\{(\w+)\}/g, (_, name: string) =>
    placed(inputs[name] ?? ''),
  );
}

function formOf(message: Message, inputs: Inputs): string {
  if (typeof message === 'string') return message;
  const rules = message.ordinal ? ordinals() : cardinals();
  return message.forms[rules.select(Number(inputs[message.by]))] ?? message.forms.other;
}

const cardinals = perLanguage((tag) => new Intl.PluralRules(tag));
const ordinals = perLanguage((tag) => new Intl.PluralRules(tag, { type: 'ordinal' }));

/** Names in Latin letters are everyday in a sentence that runs from right to left, and would take what is beside them along. */
function placed(input: string | number): string {
  if (typeof input === 'number') return String(input);
  return directionOf(spokenLanguage()) === 'rtl' ? isolated(input) : input;
}
