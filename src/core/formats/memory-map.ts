/**
 * Which binary lay where, as older profiles say it at their end: /proc/self/maps, or the shorter lists of gperftools.
 * What is odd about such lists is mended as google/pprof does (profile/legacy_profile.go), so that frames without
 * symbols are told apart alike.
 */

export interface Region {
  start: bigint
  limit: bigint
  /** Where in the file it begins. */
  offset: bigint
  file: string
  buildId: string
}

const HEX = '(?:0x)?([0-9a-f]+)'
const RANGE = `^\\s*${HEX}[\\s-]?\\s*${HEX}:?`
const PERMISSIONS = '(?:\\s+([-rwxp]+))?'
const TEXT = '(?:\\s+(\\S+))?'
/** "00400000-00402000 r-xp 00000000 08:01 123   /bin/app" */
const PROC = new RegExp(`${RANGE}${PERMISSIONS}(?:\\s+([0-9a-f]+))?\\s+[0-9a-f]+:[0-9a-f]+\\s+\\d+${TEXT}`, 'i')
/** "00400000-00fcb000: /bin/app (@1000) 0123abcd" */
const BRIEF = new RegExp(`${RANGE}${PERMISSIONS}${TEXT}(?:\\s+\\(@([0-9a-f]+)\\))?(?:\\s+([0-9a-f]+))?`, 'i')
/** What logging libraries put before each line. */
const LOGGED = /^[^[\]]+:[0-9]+\]\s/

const hex = (digits: string | undefined) => BigInt(`0x${digits || '0'}`)

/** Reads the lines after the heading. Those that are no region are passed over, as pprof does. */
export function readMemoryMap(lines: readonly string[]): Region[] {
  const regions: Region[] = []
  const variables = new Map<string, string>()
  for (const raw of lines) {
    let line = raw.replace(LOGGED, '')
    for (const [name, value] of variables) line = line.replaceAll(name, value)
    const region = readRegion(line)
    if (region) regions.push(region)
    else if (region === undefined) {
      // "build=/path/to": later lines say $build.
      const [name, ...value] = line.split('=')
      if (value.length > 0) variables.set(`$${name.trim()}`, value.join('=').trim())
    }
  }
  return mainFirst(joined(regions))
}

/** null: no code; undefined: no region. */
function readRegion(line: string): Region | null | undefined {
  const proc = PROC.exec(line)
  const brief = proc ? null : BRIEF.exec(line)
  if (!proc && !brief) return undefined
  const [, start, limit, permissions] = (proc ?? brief) as RegExpExecArray
  if (permissions && !permissions.includes('x')) return null
  const [file, offset, buildId] = proc ? [proc[5], proc[4], ''] : [brief?.[4], brief?.[5], brief?.[6]]
  const region = { start: hex(start), limit: hex(limit), offset: hex(offset), file: file ?? '', buildId: buildId ?? '' }
  return [region.start, region.limit, region.offset].some((n) => n >= 1n << 64n) ? undefined : region
}

/** Neighbours that are one binary are one region. */
function joined(regions: readonly Region[]): Region[] {
  const result: Region[] = []
  for (const region of regions) {
    const last = result[result.length - 1]
    if (last && continues(last, region)) {
      last.limit = region.limit
      last.file = region.file || last.file
      last.buildId = region.buildId || last.buildId
    } else result.push({ ...region })
  }
  return result
}

function continues(a: Region, b: Region): boolean {
  if (a.file !== '' && b.file !== '' && a.file !== b.file) return false
  if (a.buildId !== '' && b.buildId !== '' && a.buildId !== b.buildId) return false
  if (a.limit !== b.start) return false
  return a.offset === 0n || b.offset === 0n || a.offset + (a.limit - a.start) === b.offset
}

/** The program itself is the first that is no library and nothing of the kernel's. */
function mainFirst(regions: Region[]): Region[] {
  const main = regions.findIndex(({ file }) => {
    const name = file.replaceAll('(deleted)', '').trim()
    return name !== '' && !/[.]so$|[.]so[._][0-9]+/.test(name) && !name.startsWith('[')
  })
  if (main > 0) [regions[0], regions[main]] = [regions[main], regions[0]]
  return regions
}

/** Says in which region an address lies, -1 where in none. Regions change as pprof changes them: ask in file order. */
export class RegionFinder {
  /** pprof then adds a region that holds everything. */
  private missed = false

  constructor(readonly regions: Region[]) {
    const [first, second] = regions
    if (first?.file.startsWith('/anon_hugepage') && second && first.limit === second.start) regions.shift()
    // Programs are linked to this address; a first part that was mapped anew hides it.
    const linked = 0x400000n
    const main = regions[0]
    if (main && main.start - main.offset === linked) {
      main.start = linked
      main.offset = 0n
    }
  }

  find(address: bigint): number {
    if (address === 0n) return -1
    const inside = this.regions.findIndex((r) => r.start <= address && address < r.limit)
    if (inside >= 0 || this.missed) return inside
    // The first part of the binary was not in the list.
    const before = this.regions.findIndex((r) => r.offset !== 0n && r.start - r.offset <= address && address < r.start)
    if (before >= 0) {
      const region = this.regions[before]
      region.start -= region.offset
      region.offset = 0n
    }
    this.missed = before < 0
    return before
  }
}
