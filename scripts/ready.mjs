/**
 * What every command needs before it can start: a Node that is new enough, the packages of the lock file, a fresh
 * build. Plain Node without dependencies, because it runs before there are any.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compressFiles } from './compress.mjs'

/** Folder of the project, without a slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Ends the process with a sentence when this Node is too old. */
export function checkNode() {
  const wanted = manifest.engines.node.replace('>=', '')
  const [major, minor] = wanted.split('.').map(Number)
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number)
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return
  fail(`Hotzone needs Node ${wanted} or newer; this is Node ${process.versions.node}. See https://nodejs.org`)
}

/** Installs the packages when they are missing or older than the lock file. */
export function ensureInstalled() {
  const lock = join(root, 'package-lock.json')
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (existsSync(installed) && changed(installed) >= changed(lock)) return
  say(existsSync(installed) ? 'The lock file changed, installing packages…' : 'First start, installing packages…')
  npm(['ci', '--include=dev', '--no-audit', '--no-fund'])
}

/** Builds the app and its server when they are missing or older than their sources. */
export function ensureBuilt() {
  const built = join(root, 'dist', 'node', 'hotzone.js')
  if (existsSync(built) && existsSync(join(root, 'dist', 'app', 'index.html'))) {
    const sources = [
      'src',
      'public',
      'index.html',
      'vite.config.ts',
      'vite.node.config.ts',
      'scripts/compress.mjs',
      'scripts/early-start.mjs',
      'package-lock.json',
    ]
    if (Math.max(...sources.map((name) => newest(join(root, name)))) < changed(built)) return
    say('The sources changed, building…')
  } else {
    say('Building…')
  }
  build()
}

/** Builds the app (dist/app) and its server (dist/node). The server comes last: its time stands for the whole. */
export function build() {
  for (const config of ['vite.config.ts', 'vite.node.config.ts']) {
    // Whoever calls may run in development; React for development is slow.
    node([bin('vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--config', config], { NODE_ENV: 'production' })
    if (config === 'vite.config.ts') compressFiles(join(root, 'dist', 'app'))
  }
}

/** Path of a program inside node_modules. */
export function bin(path) {
  return join(root, 'node_modules', ...path.split('/'))
}

export function say(sentence) {
  console.log(sentence)
}

export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

function node(args, env) {
  runOrFail(process.execPath, args, env)
}

function npm(args) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js')) runOrFail(process.execPath, [cli, ...args])
  else runOrFail('npm', args)
}

function runOrFail(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32' && program === 'npm',
  })
  if (error) fail(`${program} could not be started: ${error.message}`)
  if (status !== 0) fail(`"${[program, ...args].join(' ')}" failed; its message is above.`)
}

function changed(path) {
  return statSync(path).mtimeMs
}

function newest(path) {
  if (!existsSync(path)) return 0
  const info = statSync(path)
  if (!info.isDirectory()) return info.mtimeMs
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
