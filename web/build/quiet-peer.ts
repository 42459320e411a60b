import type { Plugin } from 'vite';

/** Calls of simple-peer's own log, which nobody reads: two levels of brackets, as they are written in the one version that is used. */
const LOGGING = /\b(?:this|self)\._debug\((?:[^()]|\([^()]*\))*\)/g;

/** Leaves simple-peer's log out of a build. */
export function quietPeer(): Plugin {
  return {
    name: 'confab:quiet-peer',
    apply: 'build',
    transform(code, id) {
      return id.includes('/simple-peer/index.js') ? code.replace(LOGGING, 'void 0') : null;
    },
  };
}
