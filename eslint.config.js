import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Each arrow of the design that an import could reverse, in words. */
const only = (name, message) => ({ name, message });
const from = (group, message) => ({ group, message });

const simplePeer = only('simple-peer', 'Only connection/mesh-peer.ts knows simple-peer.');
const socketClient = only(
  'socket.io-client',
  'Only connection/signaling-client.ts and operator-client.ts know socket.io-client.',
);
const socketServer = only('socket.io', 'Only signaling/src/sockets/ knows socket.io.');
const redis = only('ioredis', 'Only signaling/src/nodes/redis-link.ts knows ioredis.');
const express = only('express', 'Only signaling/src/http/ knows express.');

const noSvelte = from(
  ['svelte', 'svelte/*', '*.svelte', '**/*.svelte', '**/*.svelte.ts'],
  'connection/ is plain TypeScript: no Svelte, no components, no runes.',
);
const notOtherSide = (other) =>
  from(
    [`@confab/${other}`, `@confab/${other}/*`, `**/${other}/src/**`],
    'web and signaling never import each other.',
  );
const noScreens = from(
  ['**/screens/*', '**/components/*'],
  'call/ and connection/ do not know the components that draw them.',
);
const noCall = from(
  ['**/call/*'],
  'connection/ does not know call/: arrows point toward what changes least.',
);
const noTransport = from(
  ['**/http/*', '**/sockets/*', '**/store/*', '**/nodes/*', '**/tokens/*', 'node:http', 'node:fs*'],
  'meetings/ is the domain: it knows no sockets, no HTTP, no other nodes, no tokens and no files.',
);

const imports = (paths, patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }],
});

const environment = {
  object: 'process',
  property: 'env',
  message: 'Only signaling/src/settings.ts reads the environment.',
};

export default ts.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      'web/src/paraglide/',
      '**/test-results/',
      '**/playwright-report/',
      '**/.cache/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        // The root's own settings belong to no workspace.
        projectService: { allowDefaultProject: ['*.ts'] },
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: globals.browser },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  {
    files: ['signaling/src/**/*.ts'],
    rules: {
      ...imports([simplePeer, socketClient, socketServer, express, redis], [notOtherSide('web')]),
      'no-restricted-properties': ['error', environment],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='on'][callee.object.name='socket']",
          message:
            'Requests are handled through sockets/handle-requests.ts alone: it checks schema, state and budget.',
        },
      ],
    },
  },
  {
    files: ['signaling/src/sockets/**/*.ts', 'signaling/src/server.ts'],
    rules: imports([simplePeer, socketClient, express, redis], [notOtherSide('web')]),
  },
  {
    files: ['signaling/src/http/**/*.ts'],
    rules: imports([simplePeer, socketClient, socketServer, redis], [notOtherSide('web')]),
  },
  {
    files: ['signaling/src/meetings/**/*.ts'],
    rules: imports(
      [simplePeer, socketClient, socketServer, express, redis],
      [notOtherSide('web'), noTransport],
    ),
  },
  {
    files: ['signaling/src/nodes/redis-link.ts'],
    rules: imports([simplePeer, socketClient, socketServer, express], [notOtherSide('web')]),
  },
  { files: ['signaling/src/settings.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['signaling/src/sockets/handle-requests.ts', 'signaling/src/sockets/connections.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['signaling/**/*.test.ts', 'signaling/test/**/*.ts'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['web/src/**/*.{ts,svelte}'],
    languageOptions: { globals: globals.browser },
    rules: {
      ...imports([simplePeer, socketClient], [notOtherSide('signaling')]),
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'global', 'require'].map((name) => ({
          name,
          message: 'The app runs in a browser, which has no such thing.',
        })),
      ],
    },
  },
  {
    files: ['web/src/call/**/*.ts'],
    rules: imports([simplePeer, socketClient], [notOtherSide('signaling'), noScreens]),
  },
  {
    files: ['web/src/connection/**/*.ts'],
    rules: imports(
      [simplePeer, socketClient],
      [notOtherSide('signaling'), noScreens, noCall, noSvelte],
    ),
  },
  {
    files: ['web/src/connection/mesh-peer.ts', 'web/src/connection/mesh-peer.test.ts'],
    rules: imports([socketClient], [notOtherSide('signaling'), noScreens, noCall, noSvelte]),
  },
  {
    files: ['web/src/connection/{signaling,operator}-client.ts'],
    rules: imports([simplePeer], [notOtherSide('signaling'), noScreens, noCall, noSvelte]),
  },
  {
    files: ['web/vite.config.ts'],
    languageOptions: {
      parserOptions: { projectService: false, project: 'web/build/tsconfig.json' },
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    ...ts.configs.disableTypeChecked,
    languageOptions: { globals: globals.node, parserOptions: { projectService: false } },
  },
  {
    // Playwright reads from the pattern which other fixtures a fixture needs; `{}` says none.
    files: ['tests/**/*.ts'],
    rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] },
  },
  { files: ['bench/pages/*.js'], languageOptions: { globals: globals.browser } },
  {
    files: ['web/build/stand-ins/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { ...globals.browser, module: true } },
  },
);
