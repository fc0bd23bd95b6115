/**
 * Sources of every command, as `go tool pprof` takes them: files, addresses of profiles, - for standard input, and a program
 * before them. All become files on this disk, so that no command knows where they came from; what a service gave is
 * saved where pprof saves it.
 */
import { X509Certificate } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { UsageError } from '../core/query/command-line.ts'
import { readDatabase } from '../server/databases/database.ts'
import {
  isAddress,
  readAddress,
  type SourceAddress,
  seemsAddress,
  serviceAddress,
  shownAddress,
  shownSource,
  type TlsFiles,
  timedAddress,
} from '../server/sources/address.ts'
import { type CaptureOptions, capture } from '../server/sources/capture.ts'
import { SourceError } from '../server/sources/source-error.ts'

/** Of what asks services. */
export const tlsOptions = {
  tls_cert: { type: 'string' },
  tls_key: { type: 'string' },
  tls_ca: { type: 'string' },
} as const

/** What commands with parseArgs() take besides their own. */
export const sourceOptions = {
  seconds: { type: 'string' },
  timeout: { type: 'string' },
  symbolize: { type: 'string' },
  ...tlsOptions,
} as const

/** As they were typed. */
export type GivenSourceOptions = { [Name in keyof typeof sourceOptions]?: string | undefined }

export interface SourceOptions extends CaptureOptions {
  tls?: TlsFiles | undefined
}

export const sourceHelp = `FILE may also be the address of a profile (http://host:6060/debug/pprof/heap, host:6060/debug/pprof/heap) or - for standard
input. -seconds N asks for N seconds of it, -timeout N waits N seconds at most. Captures are saved in $PPROF_TMPDIR or ~/pprof.
-tls_cert, -tls_key and -tls_ca name PEM files for https.
`

const ONE_DASH = new RegExp(`^-(?=(${Object.keys(sourceOptions).join('|')})(=|$))`)

/** pprof's options have one dash or two, parseArgs() knows two. */
export const withTwoDashes = (args: readonly string[]): string[] => args.map((arg) => arg.replace(ONE_DASH, '--'))

/** Throws UsageError. */
export function readSourceOptions({ seconds, timeout, symbolize, ...files }: GivenSourceOptions): SourceOptions {
  const number = (name: string, text: string | undefined) => {
    if (text === undefined || text === '') return undefined
    const value = Number(text)
    if (!Number.isInteger(value)) throw new UsageError(`-${name} takes a number of seconds, not "${text}".`)
    // pprof takes -1 for nothing said.
    return value > 0 ? value : undefined
  }
  const modes = (symbolize ?? '').toLowerCase().split(':')
  const known = modes.every((mode) => /^(|none|no|remote|local|fastlocal|force|demangle=.*)$/.test(mode))
  if (!known) throw new UsageError(`-symbolize is none, remote or local, not "${symbolize}".`)
  const leaveAddresses = modes.some((mode) => ['none', 'no', 'local', 'fastlocal'].includes(mode))
  return {
    seconds: number('seconds', seconds),
    timeout: number('timeout', timeout),
    leaveAddresses,
    tls: readTls(files),
  }
}

/** As pprof takes them: a certificate with its key, and who vouches for hosts. Throws UsageError. */
export function readTls(given: Pick<GivenSourceOptions, keyof typeof tlsOptions>): TlsFiles | undefined {
  const { tls_cert: cert = '', tls_key: key = '', tls_ca: ca = '' } = given
  if ((cert === '') !== (key === '')) throw new UsageError('-tls_cert and -tls_key belong together.')
  if (cert === '' && ca === '') return undefined
  const read = (option: string, path: string) => {
    try {
      return readFileSync(path)
    } catch (error) {
      throw new UsageError(`-${option}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    }
  }
  const files: TlsFiles = {
    ...(cert !== '' && { cert: read('tls_cert', cert), key: read('tls_key', key) }),
    ...(ca !== '' && { ca: read('tls_ca', ca) }),
  }
  try {
    createSecureContext(files)
    if (files.ca) new X509Certificate(files.ca)
  } catch (error) {
    throw new UsageError(`The files of -tls_cert, -tls_key and -tls_ca cannot be used: ${(error as Error).message}`)
  }
  return files
}

const INPUT = '-'

/** Whether a file is there, or the text can only be an address. */
export function isSource(text: string): boolean {
  return text === INPUT || statSync(text, { throwIfNoEntry: false }) !== undefined || isAddress(text)
}

/** The service that a text names, if there is no file of that name and it names no single profile. */
export function serviceOf(text: string): SourceAddress | null {
  if (statSync(text, { throwIfNoEntry: false })) return null
  const address = readAddress(text)
  return address && serviceAddress(address)
}

/**
 * Files for all sources, in their order. A program that is named first, before a source, is left out. What cannot be had is
 * told on stderr as long as something can. Throws UsageError and SourceError.
 */
export async function localFiles(sources: readonly string[], given: GivenSourceOptions): Promise<string[]> {
  const options = readSourceOptions(given)
  const files = await Promise.all(withoutProgram(sources).map((source) => localFile(source, options)))
  const failed = files.filter((file) => file instanceof SourceError)
  const had = files.filter((file) => typeof file === 'string')
  const [first] = failed
  if (first && had.length === 0) throw first
  for (const error of failed) tell(error.message)
  if (failed.length > 0) tell(`${had.length} of ${files.length} sources could be had.`)
  return had
}

/** Each source is needed: they are compared with each other. Throws UsageError and SourceError. */
export async function eachLocalFile(sources: readonly string[], given: GivenSourceOptions): Promise<string[]> {
  return (await Promise.all(sources.map((source) => localFiles([source], given)))).flat()
}

const tell = (said: string) => process.stderr.write(`hotzone: ${said}\n`)

async function localFile(source: string, options: SourceOptions): Promise<string | SourceError> {
  if (source === INPUT) return standardInput()
  if (readDatabase(source)) {
    throw new UsageError('A database of profiles is asked in the page: open it with hotzone alone.')
  }
  // Whatever is wrong with a file is said by whoever reads it, of whom none knows of users and passwords.
  if (statSync(source, { throwIfNoEntry: false })) return source
  const read = readAddress(source)
  const address = read && { ...read, tls: options.tls }
  if (!address) {
    if (!seemsAddress(source)) return source
    throw new UsageError(`${shownSource(source)} is neither a file nor an address that can be read.`)
  }
  if (serviceAddress(address)) {
    const shown = `${shownAddress(address).replace(/\/$/, '')}`
    throw new UsageError(
      `${shown} is a service: name one of its profiles, such as ${shownAddress(address).replace(/\/?(debug\/pprof\/?)?$/, '')}/debug/pprof/heap, or open it with hotzone alone.`,
    )
  }
  const timed = timedAddress(address, options)
  const wait = timed.recorded > 0 ? `, which takes ${timed.recorded} s` : ''
  tell(`fetching ${shownAddress(timed.address)}${wait}`)
  try {
    const { path } = await capture(address, options)
    tell(`saved as ${path}`)
    return path
  } catch (error) {
    if (error instanceof SourceError) return error
    throw error
  }
}

let input: string | null = null

/** Read once, whoever asks: it is there once. Its copy goes when the process ends. */
function standardInput(): string {
  if (input !== null) return input
  const folder = mkdtempSync(join(tmpdir(), 'hotzone-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  input = join(folder, 'Standard input')
  writeFileSync(input, readFileSync(0))
  return input
}

/** pprof takes the program of a profile before it. Ours bear their names, or a service or the program gives them. */
function withoutProgram(sources: readonly string[]): readonly string[] {
  const [first, ...rest] = sources
  return first !== undefined && rest.length > 0 && isProgram(first) ? rest : sources
}

/** ELF, Mach-O of either order or of several machines, and PE. */
const PROGRAMS = ['7f454c46', 'cffaedfe', 'cefaedfe', 'feedfacf', 'feedface', 'cafebabe']

function isProgram(path: string): boolean {
  const head = Buffer.alloc(4)
  try {
    const file = openSync(path, 'r')
    try {
      readSync(file, head, 0, head.length, 0)
    } finally {
      closeSync(file)
    }
  } catch {
    return false
  }
  return PROGRAMS.includes(head.toString('hex')) || head.toString('latin1', 0, 2) === 'MZ'
}
