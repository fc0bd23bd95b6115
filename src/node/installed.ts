/** What lies beside the command. cli.ts alone imports this: addresses count from the file that it is built into. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Of the package. */
export function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

/** Folder of the built app. */
export const appFolder = (): string => fileURLToPath(new URL('../app/', import.meta.url))
