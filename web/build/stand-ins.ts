import { fileURLToPath } from 'node:url';

/** As published, simple-peer asks for Node's modules, which a browser has not; of these it uses so little that it is written here. */
const modules = ['buffer', 'debug', 'randombytes', 'readable-stream'];

/** For Vite's `resolve.alias`: what simple-peer gets instead of Node's modules, and engine.io-client instead of WebTransport. */
export const standIns = [
  ...modules.map((name) => ({
    find: new RegExp(`^${name}$`),
    replacement: standIn(`${name}.cjs`),
  })),
  { find: /^\.\/webtransport\.js$/, replacement: standIn('webtransport.js') },
];

function standIn(name: string): string {
  return fileURLToPath(new URL(`stand-ins/${name}`, import.meta.url));
}
