// Builds the server into one file: reading hundreds of small ones takes longer than all else between a server's start and its first answer.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

await build({
  root: fileURLToPath(new URL('.', import.meta.url)),
  configFile: false,
  logLevel: 'warn',
  ssr: {
    noExternal: true,
    // Finds its compiled half by where it lies itself.
    external: ['classic-level'],
  },
  build: {
    ssr: 'src/main.ts',
    outDir: 'dist',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
