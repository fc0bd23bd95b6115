/** Builds the peers' pages to dist; speedscope's own release is copied and told to mark its first picture. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))
const pages = ['gunzip', 'd3-flame-graph', 'react-pprof', 'flame-chart-js']

await build({
  root: here,
  base: './',
  configFile: false,
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"production"' },
  worker: { format: 'es' },
  build: {
    outDir: join(here, 'dist'),
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: pages.map((page) => join(here, `${page}.html`)) },
  },
})
const release = join(here, 'dist', 'speedscope')
cpSync(join(here, 'node_modules', 'speedscope', 'dist', 'release'), release, { recursive: true })
cpSync(join(here, 'speedscope-mark.js'), join(release, 'mark.js'))
const index = join(release, 'index.html')
writeFileSync(index, readFileSync(index, 'utf8').replace('<head>', '<head><script src="mark.js"></script>'))
