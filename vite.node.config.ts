import { defineConfig } from 'vite'

// The command and its server, with what they import inside: the package needs nothing else at run time.
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist/node',
    target: 'node20',
    minify: false,
    rolldownOptions: {
      input: { hotzone: 'src/node/bin.ts', 'picture-worker': 'src/node/picture-worker.ts' },
      // As in vite.config.ts.
      checks: { bundlerTimings: false },
    },
  },
})
