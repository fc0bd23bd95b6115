/**
 * node scripts/where-doc.mjs [FOLDER]: writes docs/where.md from the activities and the captured profiles; FOLDER holds
 * profiles of other projects and an index.json that names them, without it what the page says of them stays.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'vite'
import { root } from './ready.mjs'

// Reading some profiles loads modules late, which needs a loader that stays.
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'warn',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, ws: false, watch: null },
})
try {
  const { whereDoc } = await server.ssrLoadModule('/src/testing/where-doc.ts')
  const path = join(root, 'docs/where.md')
  writeFileSync(path, await whereDoc(existsSync(path) ? readFileSync(path, 'utf8') : '', process.argv[2]))
} finally {
  await server.close()
}
