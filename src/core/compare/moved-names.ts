/**
 * Functions of another build that are the same under another name: of a module whose major version changed
 * ("example.com/x/v2/pkg.F", gopkg.in/yaml.v3), and methods of a type that was renamed. Only where it is certain, and never
 * two that one of the profiles has side by side.
 */
import { parseGoName } from '../model/go-name.ts'
import type { FunctionTable, Profile } from '../model/profile.ts'
import type { FunctionRow } from '../model/rows.ts'

export interface MovedNames {
  /** With one name for those that are the same: that of the last profile. */
  functions: FunctionTable
  /** Those names, and what else such a function is called. */
  was: ReadonlyMap<string, readonly string[]>
}

/** A name that not every profile has: the row that stands for it, and the profiles that have it as bits. */
interface Candidate {
  row: FunctionRow
  name: string
  sources: number
}

/** Null when there are none. */
export function movedNames(profile: Profile): MovedNames | null {
  const { sources = [], functions, strings } = profile
  const builds = sources.map(({ mappings }) => mappings[0]?.buildId ?? '')
  // One build calls nothing by two names.
  if (sources.length < 2 || (builds[0] !== '' && builds.every((build) => build === builds[0]))) return null
  const held = sourcesOf(profile)
  const every = 2 ** sources.length - 1
  const candidates: Candidate[] = []
  for (let row = 0; row < functions.length; row++) {
    if (functions.symbol[row] !== row || held[row] === 0 || held[row] === every) continue
    candidates.push({ row, name: strings.get(functions.name[row]), sources: held[row] })
  }
  const versions = byVersion(candidates, () => packageSources(profile, held))
  const grouped = new Set(versions.flat())
  const groups = [
    ...versions,
    ...byReceiver(
      candidates.filter((one) => !grouped.has(one)),
      profile,
    ),
  ]
  return groups.length === 0 ? null : renamed(functions, groups)
}

/** By the row of a name, which sources have it on a stack, as bits. */
function sourcesOf({ samples, stacks, locations, frames, functions }: Profile): Int32Array {
  const ofStack = new Int32Array(stacks.length)
  for (let s = 0; s < samples.length; s++) {
    if (samples.stack[s] > 0) ofStack[samples.stack[s]] |= 1 << (samples.source?.[s] ?? 0)
  }
  const ofFunction = new Int32Array(functions.length)
  for (let row = stacks.length - 1; row > 0; row--) {
    ofStack[stacks.parent[row]] |= ofStack[row]
    const location = stacks.location[row]
    for (let f = locations.frameStart[location]; f < locations.frameStart[location + 1]; f++) {
      ofFunction[functions.symbol[frames.func[f]]] |= ofStack[row]
    }
  }
  return ofFunction
}

/** By import path, which sources have something of it. */
function packageSources({ functions, strings }: Profile, held: Int32Array): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (let row = 0; row < functions.length; row++) {
    if (functions.symbol[row] !== row || held[row] === 0) continue
    const path = parseGoName(strings.get(functions.name[row])).packagePath
    found.set(path, (found.get(path) ?? 0) | held[row])
  }
  return found
}

const PATH = /[\w.~%+-]+(?:\/[\w.~%+-]+)+/g
const MAJOR = /\/v(?:[2-9]|[1-9]\d+)(?=[/.]|$)/g
const GOPKG = /^(gopkg\.in(?:\/[\w~+-]+){1,2})(?:\.|%2e)v\d+(?=[./]|$)/

/** Without major versions of modules, which are served by a host: "encoding/json/v2" is a package of its own. */
function withoutVersions(name: string): string {
  return name.replace(PATH, (path) => {
    const host = path.slice(0, path.indexOf('/'))
    return host.includes('.') ? path.replace(GOPKG, '$1').replace(MAJOR, '') : path
  })
}

/** No source has two of them, nor packages of two of them: versions that one program uses side by side are not one. */
function byVersion(candidates: readonly Candidate[], packagesOf: () => ReadonlyMap<string, number>): Candidate[][] {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const key = withoutVersions(candidate.name)
    groups.set(key, [...(groups.get(key) ?? []), candidate])
  }
  const several = [...groups.values()].filter(
    (group) => group.length > 1 && areApart(group.map(({ sources }) => sources)),
  )
  if (several.length === 0) return []
  const packages = packagesOf()
  return several.filter((group) => {
    const paths = new Set(group.map(({ name }) => parseGoName(name).packagePath))
    return areApart([...paths].map((path) => packages.get(path) ?? 0))
  })
}

/** Whether no bit is set in two of them. */
function areApart(masks: readonly number[]): boolean {
  let seen = 0
  for (const mask of masks) {
    if ((seen & mask) !== 0) return false
    seen |= mask
  }
  return true
}

interface Method extends Candidate {
  file: string
  /** Lines of it that profiles have. */
  from: number
  to: number
}

interface Type {
  sources: number
  /** By what the method is called without its receiver. */
  methods: Map<string, Method>
}

/**
 * A type that is gone, and one of the same package that came: with two methods or more, the same ones by name in the same
 * files, at lines that overlap, and no other type fits either of them.
 */
function byReceiver(candidates: readonly Candidate[], profile: Profile): Candidate[][] {
  const places = placesOf(profile)
  const packages = new Map<string, Map<string, Type>>()
  for (const candidate of candidates) {
    const { packagePath, receiver, func, closure } = parseGoName(candidate.name)
    if (packagePath === '' || receiver === '') continue
    const pointer = receiver.startsWith('(*')
    const types = packages.get(packagePath) ?? new Map<string, Type>()
    packages.set(packagePath, types)
    const name = pointer ? receiver.slice(2, -1) : receiver
    const type = types.get(name) ?? { sources: 0, methods: new Map() }
    types.set(name, type)
    type.sources |= candidate.sources
    type.methods.set(`${pointer ? '*' : ''}${func}${closure}`, { ...candidate, ...places(candidate.row) })
  }
  const found = [...packages.values()].flatMap((types) => alikeTypes([...types.values()]))
  if (found.length === 0) return []
  // A type that every profile has some method of is not gone.
  for (const [path, name, sources] of typesOfAll(profile, candidates)) {
    const type = packages.get(path)?.get(name)
    if (type) type.sources |= sources
  }
  return found.flatMap((types) => {
    const apart = types.filter((type) => type.sources !== 2 ** (profile.sources ?? []).length - 1)
    const [a, b] = apart
    if (!a || !b || apart.length > 2 || (a.sources & b.sources) !== 0) return []
    if (!overlap([...a.methods.values()], [...b.methods.values()])) return []
    return [...a.methods].flatMap(([name, method]) => {
      const same = b.methods.get(name)
      return same ? [[method, same]] : []
    })
  })
}

/** Types of a package with the same methods, two at least, in the same files. */
function alikeTypes(types: readonly Type[]): Type[][] {
  const groups = new Map<string, Type[]>()
  for (const type of types) {
    const methods = [...type.methods].map(([name, { file }]) => `${file} ${name}`).sort()
    if (methods.length < 2 || [...type.methods.values()].some(({ file }) => file === '')) continue
    const key = methods.join('\n')
    groups.set(key, [...(groups.get(key) ?? []), type])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

function overlap(a: readonly Method[], b: readonly Method[]): boolean {
  const range = (of: readonly Method[]) =>
    [Math.min(...of.map((m) => m.from)), Math.max(...of.map((m) => m.to))] as const
  const [x, y] = [range(a), range(b)]
  return x[0] <= y[1] && y[0] <= x[1]
}

/** File (its last part: another machine has another path) and lines of a function, by the row of its name. */
function placesOf({ functions, frames, strings }: Profile): (row: FunctionRow) => Pick<Method, 'file' | 'from' | 'to'> {
  const from = new Float64Array(functions.length).fill(Number.POSITIVE_INFINITY)
  const to = new Float64Array(functions.length)
  for (let f = 0; f < frames.length; f++) {
    const row = functions.symbol[frames.func[f]]
    from[row] = Math.min(from[row], frames.line[f])
    to[row] = Math.max(to[row], frames.line[f])
  }
  return (row) => {
    const path = strings.get(functions.file[row])
    return { file: path.slice(path.search(/[^/\\]*$/)), from: from[row], to: to[row] }
  }
}

/** Types of names that all profiles have, with all of these as bits. */
function typesOfAll(
  { functions, strings, sources = [] }: Profile,
  candidates: readonly Candidate[],
): [string, string, number][] {
  const rows = new Set(candidates.map(({ row }) => row))
  const found: [string, string, number][] = []
  for (let row = 0; row < functions.length; row++) {
    if (functions.symbol[row] !== row || rows.has(row)) continue
    const { packagePath, receiver } = parseGoName(strings.get(functions.name[row]))
    if (receiver !== '') found.push([packagePath, receiver.replace(/^\(\*(.*)\)$/, '$1'), 2 ** sources.length - 1])
  }
  return found
}

/** One row stands for each group, the first one, by the name that the last profile has. */
function renamed(functions: FunctionTable, groups: readonly Candidate[][]): MovedNames {
  const [name, symbol, hash] = [functions.name.slice(), functions.symbol.slice(), functions.hash.slice()]
  const stands = new Map<FunctionRow, { row: FunctionRow; as: FunctionRow }>()
  const was = new Map<string, string[]>()
  for (const group of groups) {
    const last = group.reduce((a, b) => (b.sources > a.sources ? b : a))
    const row = Math.min(...group.map((one) => one.row))
    for (const one of group) stands.set(one.row, { row, as: last.row })
    was.set(
      last.name,
      group.filter((one) => one !== last).map((one) => one.name),
    )
  }
  for (let f = 0; f < functions.length; f++) {
    const group = stands.get(functions.symbol[f])
    if (!group) continue
    symbol[f] = group.row
    name[f] = functions.name[group.as]
    hash[f] = functions.hash[group.as]
  }
  return { functions: { ...functions, name, symbol, hash }, was }
}
