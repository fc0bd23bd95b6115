import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { earlyStart } from './scripts/early-start.mjs'
import { rulesPage } from './src/core/export/rules-page.ts'
import { LANGUAGES, languages } from './src/core/zones/words/languages.ts'

/** The development server puts its own code inline into the page, which the page's policy forbids. */
const policyOnlyWhenBuilt: Plugin = {
  name: 'policy-only-when-built',
  apply: 'serve',
  transformIndexHtml: (html) => html.replace(/<meta\s[^>]*http-equiv="Content-Security-Policy"[^>]*>/i, ''),
}

/** What the findings link to, in each language, beside the page. */
const rulePages: Plugin = {
  name: 'rule-pages',
  apply: 'build',
  async generateBundle() {
    const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source })
    for (const id of languages) {
      const { tag, zones } = LANGUAGES[id]
      emit(`zones.${id}.html`, rulesPage(tag, await zones()))
    }
    emit('zones.css', readFileSync(new URL('src/ui/styles/rules-page.css', import.meta.url), 'utf8'))
  },
}

/** The service worker, with the addresses of all that it keeps. */
const offline: Plugin = {
  name: 'offline',
  apply: 'build',
  enforce: 'post',
  generateBundle(_, bundle) {
    const hash = createHash('sha256')
    // What lies in public/ keeps its name whatever it holds, and so does the page.
    const others = readdirSync('public', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
    for (const path of others) hash.update(readFileSync(path))
    const built = Object.values(bundle).filter(({ fileName }) => !/^\.vite\//.test(fileName))
    for (const file of built) hash.update(file.fileName).update(file.type === 'chunk' ? file.code : file.source)
    const names = [...built.map(({ fileName }) => fileName), ...others.map((path) => relative('public', path))]
    const files = names.map((name) => (name === 'index.html' ? './' : name.replaceAll('\\', '/')))
    const source = readFileSync(new URL('src/ui/offline/service-worker.js', import.meta.url), 'utf8')
    const version = hash.digest('hex').slice(0, 16)
    this.emitFile({
      type: 'asset',
      fileName: 'sw.js',
      source: `const VERSION = '${version}'\nconst FILES = ${JSON.stringify(files)}\n${source}`,
    })
  },
}

/** What the page, or a worker, needs first comes in one file: it packs better than many small ones, and is one request. */
const atStart = (name: string) => ({ name, tags: ['$initial' as const], priority: 2 })

/** What shows a profile, likewise: it is all needed at once. */
const toShowAProfile = {
  name: 'workspace',
  test: /src[\\/]ui[\\/](work[\\/]workspace|views[\\/]flame[\\/]flame-view|bar[\\/]search-box)\.tsx$/,
  priority: 1,
}

/** How long plugins take is of the machine; said on stderr, it looks like a fault of the build. */
const checks = { bundlerTimings: false }

/** The rules, and what runs them. */
const forFindings = { name: 'findings', test: /src[\\/]engine[\\/]findings\.ts$/, priority: 1 }

export default defineConfig({
  // Assets are addressed relative to the page, so that the built app works below any path.
  base: './',
  plugins: [react(), policyOnlyWhenBuilt, rulePages, earlyStart(), offline],
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  worker: {
    format: 'es',
    rolldownOptions: { checks, output: { codeSplitting: { groups: [atStart('engine-worker'), forFindings] } } },
  },
  // Without this every page in the folder is looked through, those of the measured peers included.
  optimizeDeps: { entries: ['index.html'] },
  build: {
    outDir: 'dist/app',
    target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
    manifest: true,
    sourcemap: false,
    // A data: URL would be refused by the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks, output: { codeSplitting: { groups: [atStart('first'), toShowAProfile] } } },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts', 'scripts/**/*.test.mjs'],
    // A busy machine may be ten times as slow as a quiet one; what is built or started before tests takes longest.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Vitest leaves one processor free, which of two is half.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ['src/testing/patterns.ts'],
  },
})
