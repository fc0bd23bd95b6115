/** The picture that a page on a file of the command line is sent with; see engine/first-picture.ts. */
import { stat } from 'node:fs/promises'
import { localAddress } from './local-files.ts'

/** What is larger takes memory that the browser needs for the same file. */
const MOST_BYTES = 32 * 1024 * 1024

/** JSON of a picture for the page at an address; null = the page is sent without. */
export type PictureOf = (url: URL) => Promise<string | null>

/**
 * Of pages on one of the files alone. read: makes the JSON; each file is read once, and again when it has changed. No page
 * waits for that.
 */
export function localPictures(files: readonly string[], read: (file: string) => Promise<string | null>): PictureOf {
  const made = new Map<string, { version: string; json: string | null }>()
  return async ({ searchParams }) => {
    const [address, ...others] = searchParams.values()
    const file = files.find((one, n) => localAddress(n, one) === address)
    if (file === undefined || others.length > 0 || !searchParams.has('profile')) return null
    const info = await stat(file).catch(() => null)
    if (!info?.isFile() || info.size > MOST_BYTES) return null
    // Copies keep the time of what they are copied from.
    const version = [info.ino, info.size, info.mtimeMs, info.ctimeMs].join(' ')
    const known = made.get(file)
    if (known?.version === version) return known.json
    const entry: { version: string; json: string | null } = { version, json: null }
    made.set(file, entry)
    read(file).then(
      (json) => {
        entry.json = json
      },
      () => undefined,
    )
    return null
  }
}

const APP = /<script type="module" crossorigin src="(\.\/assets\/index-[^"]+)"><\/script>/
const STYLES = /<link rel="stylesheet"[^>]*>/

/**
 * The page with a picture: its script draws it, then begins what the address needs (early/start.ts) and starts the app.
 * assets: names of the built files. The page as it is where it or they are not as expected.
 */
export function withPicture(html: string, json: string, assets: readonly string[]): string {
  const script = assets.find((name) => /^first-picture-[\w-]+\.js$/.test(name))
  const styles = assets.find((name) => /^workspace-[\w-]+\.css$/.test(name))
  const app = APP.exec(html)?.[1]
  if (!script || !styles || !app || !STYLES.test(html)) return html
  const data = `<script type="application/json" id="hotzone-picture" data-app="${app}">${json.replaceAll('<', '\\u003c')}</script>`
  const draw = `<script type="module" crossorigin src="./assets/${script}"></script>`
  return html
    .replace('<html ', '<html data-picture ')
    .replace(APP, () => `${data}${draw}`)
    .replace(STYLES, (link) => `${link}<link rel="stylesheet" crossorigin href="./assets/${styles}" />`)
}
