/** What a program that asks may have read: files below what the command line names, and the services it names. */
import { realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { captureKind } from '../../core/live/kinds.ts'
import { UsageError } from '../../core/query/command-line.ts'
import { type SourceAddress, shownAddress, type TlsFiles } from '../../server/sources/address.ts'
import { capture } from '../../server/sources/capture.ts'
import { serviceOf } from '../sources.ts'

export interface Allowed {
  /** As people see them. */
  places: readonly string[]
  services: readonly string[]
  /** The file or folder that a path leads to. Throws UsageError for one that lies elsewhere or is not there. */
  path(text: string): string
  /** Asks a named service for one of CAPTURE_KINDS, now. Returns where it was saved. Throws UsageError and SourceError. */
  capture(service: string, kind: string, seconds: number | undefined): Promise<string>
}

/** named: of the command line. tls: for all services. Throws UsageError. */
export function allowedSources(named: readonly string[], tls: TlsFiles | undefined, folder = process.cwd()): Allowed {
  const services = new Map<string, SourceAddress>()
  const places: string[] = []
  for (const one of named) {
    const service = serviceOf(one)
    if (service) services.set(shownAddress(service).replace(/\/$/, ''), { ...service, tls })
    else places.push(real(resolve(folder, one), one))
  }
  // A service alone is reason enough to start.
  if (named.length === 0) places.push(real(folder, folder))
  const captured = new Set<string>()
  return {
    places,
    services: [...services.keys()],
    path(text) {
      const start = places.find((place) => statSync(place).isDirectory()) ?? folder
      const found = real(isAbsolute(text) ? text : join(start, text), text)
      if (captured.has(found) || places.some((place) => holds(place, found))) return found
      throw new UsageError(
        `${text} lies outside of what hotzone mcp was started on: ${places.join(', ') || 'no files'}.`,
      )
    },
    async capture(name, kind, seconds) {
      const service = services.get(name)
      const { path: below } = captureKind(kind) ?? {}
      if (!service || below === undefined) {
        const known = [...services.keys()].join(', ') || 'none was named'
        throw new UsageError(`${name} is no service that hotzone mcp was started on: ${known}.`)
      }
      const { path } = await capture({ ...service, url: new URL(below, service.url) }, { seconds })
      captured.add(realpathSync(path))
      return path
    },
  }
}

/** Links lead where they lead: what counts is the file. */
function real(path: string, said: string): string {
  try {
    return realpathSync(path)
  } catch {
    throw new UsageError(`There is no file ${said}.`)
  }
}

function holds(place: string, path: string): boolean {
  const way = relative(place, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}
