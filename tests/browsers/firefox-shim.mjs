#!/usr/bin/env node
// Stands in for a stock Firefox when Playwright starts one over WebDriver BiDi (channel `moz-firefox`). Playwright asks for
// some emulations that Firefox does not know yet and gives the whole browser up at the first "unknown command"; this passes
// everything through and turns exactly those answers into successes. The variable FIREFOX_PROGRAM names the real program; where that runs in
// a network of its own, FIREFOX_NODE names a Node.js there, which leads to it.
import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';

const ANNOUNCEMENT = /WebDriver BiDi listening on (ws:\/\/\S+)/;
const LARGEST_MESSAGE = 2 ** 30;
const wayThere = process.env.FIREFOX_NODE ? { createConnection: connectThere } : {};

const firefox = spawn(process.env.FIREFOX_PROGRAM, process.argv.slice(2), {
  stdio: ['inherit', 'inherit', 'pipe'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => firefox.kill(signal));
firefox.on('exit', (code) => process.exit(code ?? 1));

let unread = '';
let isAnnounced = false;
firefox.stderr.on('data', (chunk) => {
  if (isAnnounced) return process.stderr.write(chunk);
  unread += chunk;
  const address = ANNOUNCEMENT.exec(unread)?.[1];
  if (!address) return undefined;
  isAnnounced = true;
  return listen(address);
});

function listen(firefoxAddress) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: LARGEST_MESSAGE });
  server.on('listening', () => {
    const { port } = server.address();
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${port}\n`);
  });
  server.on('connection', (playwright, { url }) =>
    join(
      playwright,
      new WebSocket(firefoxAddress + url, { maxPayload: LARGEST_MESSAGE, ...wayThere }),
    ),
  );
}

/** From its own network into Firefox's, where another process connects. */
function connectThere({ port }) {
  const program = `const s = require('net').connect(${Number(port)}, '127.0.0.1'); process.stdin.pipe(s).pipe(process.stdout);`;
  const { stdin, stdout } = spawn(process.env.FIREFOX_NODE, ['-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return Duplex.from({ writable: stdin, readable: stdout });
}

function join(playwright, browser) {
  const emulations = new Set();
  const waiting = [];
  playwright.on('message', (data) => {
    const text = data.toString();
    if (text.includes('"emulation.')) emulations.add(JSON.parse(text).id);
    if (browser.readyState === WebSocket.OPEN) browser.send(text);
    else waiting.push(text);
  });
  browser.on('open', () => {
    for (const text of waiting) browser.send(text);
  });
  browser.on('message', (data) => playwright.send(forgiving(data.toString(), emulations)));
  playwright.on('close', () => browser.close());
  browser.on('close', () => playwright.close());
  browser.on('error', () => playwright.close());
}

function forgiving(text, emulations) {
  if (!text.includes('"unknown command"')) return text;
  const { id } = JSON.parse(text);
  if (!emulations.has(id)) return text;
  return JSON.stringify({ type: 'success', id, result: {} });
}
