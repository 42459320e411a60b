/** What engine.io-client gets instead of a way to its server that Confab's server does not offer. */
export const WT = undefined;
