import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'protocol', root: 'protocol', include: ['test/**/*.test.ts'] } },
      {
        test: {
          name: 'signaling',
          root: 'signaling',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
        },
      },
      { test: { name: 'bench', root: 'bench', include: ['*.test.ts'] } },
      'web/vite.config.ts',
    ],
  },
});
