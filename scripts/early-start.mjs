/**
 * Plugins of the build for what happens before the app's own code runs: src/early/start.ts goes into the page itself,
 * with the names of the files that it asks for, and a worker's code begins in the file that the page names.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build } from 'vite'
import { root } from './ready.mjs'

const PLACE = '<!-- src/early/start.ts -->'
const POLICY = "script-src 'self'"

/** @returns {import('vite').Plugin[]} */
export function earlyStart() {
  return [whileDeveloping, whenBuilt]
}

/** Nothing has a name yet that could be asked for. */
const whileDeveloping = {
  name: 'early-start-while-developing',
  apply: 'serve',
  transformIndexHtml: async (html) =>
    html.replace(PLACE, scriptOf(await compiled({ worker: '', scripts: [], styles: [], words: {} }))),
}

const whenBuilt = {
  name: 'early-start',
  apply: 'build',
  enforce: 'post',
  async generateBundle(_, bundle) {
    withoutFacades(bundle)
    const page = bundle['index.html']
    const find = (pattern) => {
      const found = Object.keys(bundle).filter((name) => pattern.test(name))
      if (found.length !== 1) throw new Error(`one file should be ${pattern}, there are ${found.join(', ') || 'none'}`)
      return found[0]
    }
    const workspace = bundle[find(/^assets\/workspace-[^.]*\.js$/)]
    const chinese = Object.values(bundle).find(
      (one) => one.type === 'chunk' && /ui[\\/]words[\\/]zh\.ts$/.test(one.facadeModuleId ?? ''),
    )
    if (!page || !chinese) throw new Error('there is no page, or no words of it')
    const script = await compiled({
      worker: find(/^assets\/engine-worker-[^.]*\.js$/),
      scripts: [workspace.fileName],
      styles: [...workspace.viteMetadata.importedCss],
      words: { zh: chinese.fileName },
    })
    const hash = createHash('sha256').update(script).digest('base64')
    this.emitFile({
      type: 'asset',
      name: 'first-picture.js',
      source: await inOnePiece(join('src', 'ui', 'graph', 'first-picture.ts')),
    })
    page.source = String(page.source)
      .replace(PLACE, () => scriptOf(script))
      .replace(POLICY, `${POLICY} 'sha256-${hash}'`)
  },
}

const scriptOf = (code) => `<script>${code}</script>`

/** The script in one piece, small. */
const compiled = (built) => inOnePiece(join('src', 'early', 'start.ts'), { BUILT: JSON.stringify(built) })

/** A build of its own: what it shares with the app comes twice, and waits for nothing of it. */
async function inOnePiece(input, define = {}) {
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    publicDir: false,
    define,
    build: {
      write: false,
      target: ['chrome111', 'firefox114', 'safari16.4'],
      modulePreload: false,
      rolldownOptions: {
        input: join(root, input),
        output: { format: 'iife' },
        // As in vite.config.ts.
        checks: { bundlerTimings: false },
      },
    },
  })
  return output[0].code.trim()
}

/**
 * Where a worker shares modules with what it loads later, its own file says only where the code is: whoever names it then
 * names that code instead, so that nothing waits for one file more.
 */
function withoutFacades(bundle) {
  for (const [name, { source, type }] of Object.entries(bundle)) {
    const [, code] =
      (type === 'asset' && /worker/.test(name) && /^import"\.\/([^"]+)";?\s*$/.exec(String(source))) || []
    if (!code) continue
    const facade = name.split('/').at(-1)
    for (const one of Object.values(bundle)) if (one.type === 'chunk') one.code = one.code.replaceAll(facade, code)
    delete bundle[name]
  }
}
