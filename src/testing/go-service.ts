/** The example service, built by the machine's Go and started for a test. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canRun } from './needed-servers.ts'

const folder = fileURLToPath(new URL('../../examples/service', import.meta.url))

/** Whether tests have to be left out for want of a program of Debian's. */
export function lacking(program: string, ...args: string[]): boolean {
  const { error } = spawnSync(program, args, { stdio: 'ignore' })
  return !canRun(`what is tested with ${program}`, error ? program : '')
}

/** Once for each machine: its path says of which source it is. */
export function buildService(): string {
  const { mtimeMs } = statSync(join(folder, 'main.go'))
  const home = join(tmpdir(), `hotzone-service-${process.getuid?.() ?? 0}-${Math.round(mtimeMs)}`)
  const program = join(home, 'service')
  if (existsSync(program)) return program
  mkdirSync(home, { recursive: true })
  // Another test may build it at the same time: the last step is one rename.
  const built = join(mkdtempSync(join(home, 'build-')), 'service')
  const env = { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local', GOWORK: 'off' }
  execFileSync('go', ['build', '-o', built, '.'], { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] })
  renameSync(built, program)
  return program
}

export interface GoService {
  /** host:port. */
  address: string
  /** Address of the index of profiles, with a slash at the end. */
  index: string
  stop(): Promise<void>
}

export async function startService(...args: string[]): Promise<GoService> {
  const child = spawn(buildService(), ['-listen', '127.0.0.1:0', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)))
  })
  const index = said.replace('profiles at ', '').trim()
  return {
    address: new URL(index).host,
    index,
    stop: () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}
