/** npm run bench: measures the built app in Chromium; `npm run bench -- --help` lists what. */
import { join } from 'node:path'
import { checkNode, ensureBuilt, ensureInstalled, root } from './ready.mjs'

checkNode()
ensureInstalled()
ensureBuilt()
const { runnerImport } = await import('vite')
const { checkBundle } = await import('./bundle.mjs')
const { module } = await runnerImport(join(root, 'bench', 'run.ts'), { configFile: false, logLevel: 'warn' })
await module.bench(process.argv.slice(2), checkBundle())
