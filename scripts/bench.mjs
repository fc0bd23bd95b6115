/** npm run bench: measures the app, mostly as built and in Chromium; `npm run bench -- --help` lists what. */
import { join } from 'node:path'
import { checkNode, ensureBuilt, ensureInstalled, root } from './ready.mjs'

checkNode()
ensureInstalled()
const { runnerImport } = await import('vite')
const { module } = await runnerImport(join(root, 'bench', 'run.ts'), { configFile: false, logLevel: 'warn' })
await module.bench(process.argv.slice(2), async () => {
  ensureBuilt()
  const { checkBundle, checkChain } = await import('./bundle.mjs')
  return { summary: checkBundle().summary, chain: checkChain() }
})
