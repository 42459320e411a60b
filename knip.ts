import type { KnipConfig } from 'knip';

// Every exception has its reason beside it.
const config: KnipConfig = {
  // Types that describe what an exported function takes or answers are for readers, wherever they are used.
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    '.': {
      entry: ['scripts/*.mjs', 'scripts/test/*.test.mjs'],
      project: ['{scripts,command}/**/*.mjs', '*.{js,ts}'],
      // Named as `--import tsx` in commands that tests and bench put together.
      ignoreDependencies: ['tsx'],
    },
    protocol: {
      entry: ['vectors/make.mjs', 'test/**/*.test.ts'],
      // The protocol is a published contract: a client in another project may need what ours do not.
      includeEntryExports: false,
      project: ['src/**/*.ts', 'test/**/*.ts', 'vectors/*.mjs'],
    },
    signaling: {
      entry: ['src/main.ts', 'test/**/*.test.ts', 'src/**/*.test.ts'],
      project: ['src/**/*.ts', 'test/**/*.ts'],
    },
    web: {
      // What messages become in a build is named by the build alone.
      entry: ['src/**/*.test.ts', 'src/words/word.ts', 'build/*.{mjs,test.ts}'],
      project: ['src/**/*.{ts,svelte}', 'build/**/*.{ts,mjs}'],
      // project.inlang/settings.json names it by its path.
      ignoreDependencies: ['@inlang/plugin-message-format'],
    },
    turn: {
      entry: ['src/{write-configuration,probe-relay}.ts', 'test/**/*.test.ts'],
      project: ['**/*.ts'],
    },
    deploy: {
      // Started by docker-compose.yml in the image, and by scripts/deploy.mjs.
      entry: ['src/{prepare,check}.ts', 'trial/main.ts', 'test/**/*.test.ts'],
      project: ['{src,trial,test}/**/*.ts'],
    },
    tests: {
      // Playwright starts the shim as the program of a stock Firefox; scripts/test.mjs runs the installation.
      entry: [
        'specs/*.spec.ts',
        '{composed,screenshots}/{playwright.config,*.spec}.ts',
        'endurance/{playwright.config,relayed-call.spec}.ts',
        '{browsers,faults}/install.ts',
        'browsers/firefox-shim.mjs',
        '{sealing,faults}/*.test.ts',
      ],
      // Makes networks where the system has it.
      ignoreBinaries: ['ip', 'apt-get', 'openssl'],
      project: ['**/*.{ts,mjs}'],
    },
    bench: {
      // The bare relay and the limit's server are started as processes of their own.
      entry: ['main.ts', 'servers/{bare-relay,limit-process}.ts', '*.test.ts'],
      // Pins processes to cores where the system has it.
      ignoreBinaries: ['taskset'],
      project: ['**/*.ts'],
    },
  },
};

// knip takes its configuration as a default export only.
export default config;
