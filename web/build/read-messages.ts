import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Message } from '../src/words/message.ts';

type Variants = { declarations: string[]; selectors: string[]; match: Record<string, string> };

/** Where a language's messages are written. */
export const messagesFile = (language: string) =>
  path.join(import.meta.dirname, '../messages', `${language}.json`);

/** Every message of a language by its key, as `word()` reads it. Throws for what inlang's message format allows and Confab does not use. */
export function readMessages(language: string): Map<string, Message> {
  const written = JSON.parse(readFileSync(messagesFile(language), 'utf8')) as Record<
    string,
    string | [Variants]
  >;
  return new Map(
    Object.entries(written)
      .filter(([key]) => !key.startsWith('$'))
      .map(([key, message]) => [
        key,
        typeof message === 'string' ? message : plural(`${language}: ${key}`, message[0]),
      ]),
  );
}

const LOCAL = /^local (\w+) = (\w+): plural(?: type=(ordinal))?$/;

function plural(where: string, { declarations, selectors, match }: Variants): Message {
  const locals = declarations.flatMap((declaration) => {
    const [, name, by, ordinal] = LOCAL.exec(declaration) ?? [];
    return name === undefined || by === undefined ? [] : [{ name, by, ordinal }];
  });
  const [local] = locals;
  if (local === undefined || locals.length > 1 || selectors.join() !== local.name)
    throw new Error(`${where} chooses by something else than the plural of one number.`);
  const forms = Object.entries(match).map(([pattern, text]) => {
    const form = pattern.slice(local.name.length + 1);
    return [form === '*' ? 'other' : form, text];
  });
  return {
    by: local.by,
    ...(local.ordinal === undefined ? {} : { ordinal: true }),
    forms: Object.fromEntries(forms) as { other: string },
  };
}
