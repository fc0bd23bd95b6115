/** npm run check: everything that can be said about the code without running it, and what the build weighs. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bin, build, checkNode, ensureInstalled, root, say } from './ready.mjs'

/** Each returns what is wrong, as text; '' when nothing is. */
const checks = {
  types: () => program('typescript/bin/tsc', '--noEmit'),
  'core without the DOM': () => program('typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.core.json'),
  'format and lint': () => program('@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'),
  'imports between layers': async () => {
    const { checkBoundaries } = await import('./boundaries.mjs')
    const { modules, problems } = checkBoundaries()
    // A reader that silently finds nothing must not look like a clean house.
    if (modules < 30) problems.push(`only ${modules} modules were read`)
    return problems.join('\n')
  },
  'dead code and unused packages': () => program('knip/bin/knip.js', '--no-progress'),
  'lock file': () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    const names = new Set(Object.keys(lock).map((path) => path.split('node_modules/').at(-1)))
    const problems = []
    for (const [path, { resolved, optionalDependencies }] of Object.entries(lock)) {
      if (resolved) problems.push(`${path} names a registry host: ${resolved}`)
      // A registry that hides other platforms' packages makes npm leave them out, and then `npm ci` fails.
      for (const name of Object.keys(optionalDependencies ?? {})) {
        if (!names.has(name)) problems.push(`${path} needs ${name} on some platform, which is not in the lock file`)
      }
    }
    return problems.join('\n')
  },
  build: () => {
    build()
    return ''
  },
  'weight and content of the build': async () => {
    const { checkBundle } = await import('./bundle.mjs')
    const { problems, summary } = checkBundle()
    if (problems.length === 0) say(`     ${summary}`)
    return problems.join('\n')
  },
}

/** Runs all checks, also after one failed; prints a line for each. Resolves to how many passed and the names of the others. */
export async function check() {
  const failed = []
  for (const [name, run] of Object.entries(checks)) {
    let wrong
    try {
      wrong = await run()
    } catch (error) {
      wrong = String(error.stack ?? error)
    }
    if (wrong) failed.push(name)
    say(wrong ? `FAIL ${name}\n${wrong}` : `ok   ${name}`)
  }
  return { passed: Object.keys(checks).length - failed.length, failed }
}

function program(path, ...args) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [bin(path), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (error) return String(error)
  return status === 0 ? '' : `${stdout}${stderr}`.trim() || `exit code ${status}`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  checkNode()
  ensureInstalled()
  const { failed } = await check()
  for (const name of failed) say(`FAIL ${name}`)
  process.exit(failed.length === 0 ? 0 : 1)
}
