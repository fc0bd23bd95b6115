import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { serve } from '../src/server/server.ts'
import { findHeadlessShell, requireChromium } from './browser.mjs'

/**
 * Serves the built app on a free port for all journeys; its address and the browsers that were found go to them
 * through the environment.
 */
export default async function serveApp(): Promise<() => Promise<void>> {
  const app = fileURLToPath(new URL('../dist/app/', import.meta.url))
  if (!existsSync(`${app}index.html`)) throw new Error('There is no built app; run `npm run build` first')
  // Asked first: it gives way to a HOTZONE_CHROMIUM that somebody has set.
  process.env.HOTZONE_HEADLESS_SHELL = findHeadlessShell() ?? ''
  process.env.HOTZONE_CHROMIUM = requireChromium()
  const server = await serve({ app, files: [], port: 0 })
  process.env.HOTZONE_APP_URL = server.url
  return () => server.close()
}
