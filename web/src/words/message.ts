/** One message of one language: a text with `{inputs}` in it, or one for each plural form of the number that is called `by`. */
export type Message =
  | string
  | {
      by: string;
      ordinal?: true;
      forms: { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
    };

/** What stands in a message's places. */
export type Inputs = Record<string, string | number>;

/** Some messages of one language as they are fetched: those from number `from` on. */
export type WordFile = { from: number; messages: Message[] };
