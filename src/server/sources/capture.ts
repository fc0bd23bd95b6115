/** One capture: asked for at its address, named where it lacks names, and saved. */
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encodeProfile } from '../../core/export/pprof.ts'
import { FormatError } from '../../core/formats/format-error.ts'
import { readProfile } from '../../core/formats/index.ts'
import type { Profile } from '../../core/model/profile.ts'
import { type SourceAddress, symbolAddress, type Timing, timedAddress } from './address.ts'
import { type CaptureName, otherName, profileName, saveCapture } from './captures.ts'
import { type Downloaded, download } from './download.ts'
import { SourceError } from './source-error.ts'
import { symbolized } from './symbolize.ts'

export interface CaptureOptions extends Timing {
  signal?: AbortSignal
  onBytes?: (bytes: number, total: number) => void
  /** Addresses without a name are not asked about. */
  leaveAddresses?: boolean
}

/** A file that a service gave. */
export interface Capture {
  path: string
  /** Bytes of the file. */
  size: number
}

/** Throws SourceError, and the signal's reason when it is given up. */
export async function capture(source: SourceAddress, options: CaptureOptions = {}): Promise<Capture> {
  const { signal, onBytes } = options
  const { address, most } = timedAddress(source, options)
  const answer = await download(address, { seconds: most, signal, onBytes })
  const { name, bytes } = await judged(answer, address, options)
  signal?.throwIfAborted()
  return { path: await saveCapture(name, bytes), size: bytes.length }
}

interface Judged {
  name: CaptureName
  bytes: Uint8Array
}

/** What came, under the name that it is saved by. */
async function judged({ bytes, type }: Downloaded, address: SourceAddress, options: CaptureOptions): Promise<Judged> {
  const { host, pathname } = address.url
  if (bytes.length === 0) throw new SourceError('empty', { host })
  if (type === 'text/html') throw new SourceError('web-page', { host })
  const last = basename(pathname) || 'capture'
  if (type === 'application/json') return { name: otherName(last, '.json'), bytes }
  if (isTrace(bytes)) return { name: otherName('trace', '.out'), bytes }
  if (type.startsWith('text/')) return { name: otherName(last, '.txt'), bytes }
  try {
    const { profile } = await readProfile(new Blob([bytes]), { seed: 1 })
    const named = options.leaveAddresses ? profile : await withNames(profile, address, options.signal)
    if (named !== profile) return { name: profileName(named), bytes: gzipSync(encodeProfile(named, true)) }
    return { name: profileName(profile), bytes: isGzip(bytes) ? bytes : gzipSync(bytes) }
  } catch (error) {
    if (error instanceof FormatError) throw new SourceError('not-a-profile', { host, said: error.message })
    throw error
  }
}

/** A service that knows no names is no reason to be without the profile. */
async function withNames(profile: Profile, address: SourceAddress, signal?: AbortSignal): Promise<Profile> {
  const ask = async (addresses: string) => {
    const body = { type: 'application/octet-stream', bytes: addresses }
    const { bytes } = await download(symbolAddress(address), { seconds: SYMBOL_SECONDS, body, signal })
    return new TextDecoder().decode(bytes)
  }
  try {
    return await symbolized(profile, ask)
  } catch (error) {
    if (error instanceof SourceError) return profile
    throw error
  }
}

const SYMBOL_SECONDS = 60

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** "go 1.22 trace". */
const isTrace = (bytes: Uint8Array): boolean => /^go 1\.\d+ trace/.test(String.fromCharCode(...bytes.subarray(0, 16)))
