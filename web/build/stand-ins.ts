import { fileURLToPath } from 'node:url';

/** As published, simple-peer asks for Node's modules, which a browser has not; of these it uses so little that it is written here. */
const modules = ['buffer', 'debug', 'randombytes', 'readable-stream'];

/** For Vite's `resolve.alias`: what simple-peer gets instead of Node's modules. */
export const standIns = modules.map((name) => ({
  find: new RegExp(`^${name}$`),
  replacement: fileURLToPath(new URL(`stand-ins/${name}.cjs`, import.meta.url)),
}));
