import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createServer } from 'vite'
import { root } from './ready.mjs'

/**
 * Writes a page of docs from what a function of src/testing makes of it. The function gets the page as it is and FOLDER, the first
 * argument of the command: profiles of other projects with an index.json; without it what the page says of them stays.
 */
export async function writeDoc(page, module, name) {
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
    const make = (await server.ssrLoadModule(module))[name]
    const path = join(root, 'docs', page)
    writeFileSync(path, await make(existsSync(path) ? readFileSync(path, 'utf8') : '', process.argv[2]))
  } finally {
    await server.close()
  }
}
