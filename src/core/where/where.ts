/**
 * Where the total goes: three readings of a profile, each of which gives every sample to one row, so that the rows of
 * a reading do not overlap and add up to the total. One pass down the stack table tells the row of every stack.
 */
import { familyOf, isOwnPackage, packageOf } from '../model/go-name.ts'
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import { activities } from './activities.ts'
import { ActivityNames, withoutPackage } from './classify.ts'
import { type OwnerId, Owners } from './owners.ts'

export interface WhereRow {
  /**
   * Of an activity its id, "code:" and an import path where no activity is on the stack, 'runtime' for what else the
   * runtime does, 'native' for code that is not Go's, 'no-stack'. Of an owner see OwnerId. Of a package its import path.
   */
  id: string
  /** In the unit of the sample type, signed. */
  value: number
  /** Of the total of the whole profile. */
  share: number
}

/** Owners and packages: `value` is what their own functions weigh at the leaf. */
export interface CausedRow extends WhereRow {
  /** What the nearest frame of the own code above the leaf causes; where there is none, the leaf itself. Adds up too. */
  caused: number
  causedShare: number
}

export interface Where {
  sampleType: number
  /** Sum of the samples, and of each of: the values of `activity`, the values and the caused of `owner` and `package`. */
  total: number
  /** How much of the absolute weight is under a named activity, 0 to 1; 0 where nothing weighs anything. */
  coverage: number
  /** Heaviest first. */
  activity: WhereRow[]
  owner: CausedRow[]
  package: CausedRow[]
}

export interface WhereInput {
  profile: Profile
  kind: ProfileKind
  /** Import paths of the own code. */
  own: readonly string[]
  sampleType: number
  /** Functions from this row on stand for labels and are no code. */
  functions: number
  /** The total of which shares are taken. */
  base: number
}

/** What stands in the way of another activity: the higher one stays. See Tier. */
const NONE = 0
const STANDARD = 1
const CODE = 2
const REST = 3
const RUNTIME = 4
const MEANS = 5
const LIBRARY = 6

const tiers = { library: LIBRARY, means: MEANS, runtime: RUNTIME } as const
const waiting: readonly ProfileKind[] = ['goroutine', 'goroutineleak', 'block', 'mutex', 'contention', 'trace']
/** Frames below which everything runs. */
const plumbing =
  /^runtime\.(goexit|main|systemstack|mcall|mstart|mstart0|rt0_go|doInit1?|call\d+|reflectcall|main_init)(\.|$)/

/** Rows of a reading, numbered as they are met. */
class Rows {
  readonly ids: string[] = []
  private readonly rows = new Map<string, number>()

  of(id: string): number {
    let row = this.rows.get(id)
    if (row === undefined) {
      row = this.ids.length
      this.ids.push(id)
      this.rows.set(id, row)
    }
    return row
  }
}

export function whereItGoes({ profile, kind, own, sampleType, functions, base }: WhereInput): Where {
  const states = new States(profile, kind, own, functions)
  const { leaf, nearestOwn } = leaves(profile, own, functions)
  const state = states.ofStacks()
  const { samples, stacks } = profile
  const value = samples.value[sampleType]
  const net = new Float64Array(stacks.length)
  const gross = new Float64Array(stacks.length)
  for (let s = 0; s < samples.length; s++) {
    if (samples.stack[s] < 0) continue
    net[samples.stack[s]] += value[s]
    gross[samples.stack[s]] += Math.abs(value[s])
  }
  const activity = new Float64Array(states.ids.length)
  const owners = new Rows()
  const packages = new Rows()
  const owner = new Owners(profile, own)
  const ofFunction = new Map<number, { owner: number; package: number }>()
  const belongs = (func: number) => {
    let found = ofFunction.get(func)
    if (!found) {
      const ownerId = func < 0 ? 'no-stack' : owner.of(func)
      found = {
        owner: owners.of(ownerId),
        package: packages.of(func < 0 ? 'no-stack' : packageId(profile, func, ownerId)),
      }
      ofFunction.set(func, found)
    }
    return found
  }
  const sums = { owner: new Sums(), ownerCaused: new Sums(), package: new Sums(), packageCaused: new Sums() }
  let total = 0
  let all = 0
  let named = 0
  for (let row = 0; row < stacks.length; row++) {
    if (gross[row] === 0) continue
    total += net[row]
    all += gross[row]
    // Frames below which everything runs are in no activity, but they are a stack.
    const at = state[row] === 0 && leaf[row] >= 0 ? states.runtime : state[row]
    activity[at] += net[row]
    if (states.isNamed(at)) named += gross[row]
    const self = belongs(leaf[row])
    const cause = belongs(nearestOwn[row] < 0 ? leaf[row] : nearestOwn[row])
    sums.owner.add(self.owner, net[row])
    sums.ownerCaused.add(cause.owner, net[row])
    sums.package.add(self.package, net[row])
    sums.packageCaused.add(cause.package, net[row])
  }
  const share = (v: number) => (base > 0 ? v / base : 0)
  const bySize = <R extends WhereRow>(rows: R[]) =>
    rows.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || (a.id < b.id ? -1 : 1))
  const caused = ({ ids }: Rows, self: Sums, causes: Sums): CausedRow[] => {
    const rows = ids.map((id, i) => ({
      id,
      value: self.of(i),
      share: share(self.of(i)),
      caused: causes.of(i),
      causedShare: share(causes.of(i)),
    }))
    return bySize(rows.filter((row) => row.value !== 0 || row.caused !== 0))
  }
  return {
    sampleType,
    total,
    coverage: all > 0 ? named / all : 0,
    activity: bySize(
      states.ids
        .map((id, i) => ({ id, value: activity[i], share: share(activity[i]) }))
        .filter((row) => row.value !== 0),
    ),
    owner: caused(owners, sums.owner, sums.ownerCaused),
    package: caused(packages, sums.package, sums.packageCaused),
  }
}

class Sums {
  private readonly values: number[] = []

  add(row: number, value: number): void {
    this.values[row] = (this.values[row] ?? 0) + value
  }

  of(row: number): number {
    return this.values[row] ?? 0
  }
}

/** The activity in force after each frame, as a row of `ids`. */
class States {
  readonly ids: string[]
  /** What else the runtime does. */
  readonly runtime: number
  private readonly rows = new Rows()
  private readonly tier: number[] = []
  /** By state: the states below which it changes nothing. */
  private readonly within: (ReadonlySet<number> | null)[] = []
  /** Per function row: the state it leads to, -1 = it changes nothing. */
  private readonly target: Int32Array
  /** Per function row: the state that it leaves as it is, -1 = none. */
  private readonly hook: Int32Array

  constructor(
    private readonly profile: Profile,
    kind: ProfileKind,
    own: readonly string[],
    functions: number,
  ) {
    this.ids = this.rows.ids
    this.state('no-stack', NONE)
    this.runtime = this.state('runtime', REST)
    const rows = activities.map(({ id, tier, wait }) =>
      this.state(id, wait && waiting.includes(kind) ? LIBRARY : tiers[tier]),
    )
    for (const [i, { within }] of activities.entries()) {
      this.within[rows[i]] = within ? new Set(within.map((id) => this.rows.of(id))) : null
    }
    const names = new ActivityNames(activities)
    const { functions: table, strings } = profile
    const hooks = activities.flatMap(({ hooks }, i) => (hooks ? [{ state: rows[i], hooks }] : []))
    this.target = new Int32Array(table.length)
    this.hook = new Int32Array(table.length).fill(-1)
    for (let f = 0; f < table.length; f++) {
      const symbol = table.symbol[f]
      if (f >= functions) this.target[f] = -1
      else if (symbol !== f) {
        this.target[f] = this.target[symbol]
        this.hook[f] = this.hook[symbol]
      } else {
        const name = strings.get(table.name[f])
        this.target[f] = this.targetOf(name, strings.get(table.file[f]), names, rows, own)
        if (this.tier[this.target[f]] !== CODE) continue
        const rest = withoutPackage(name, packageOf(name))
        this.hook[f] = hooks.find((h) => h.hooks.test(rest))?.state ?? -1
      }
    }
  }

  isNamed(state: number): boolean {
    return this.tier[state] >= RUNTIME
  }

  ofStacks(): Int32Array {
    const { stacks, locations, frames } = this.profile
    const { location, parent, length } = stacks
    const { frameStart } = locations
    const state = new Int32Array(length)
    for (let row = 1; row < length; row++) {
      let s = state[parent[row]]
      for (let f = frameStart[location[row]]; f < frameStart[location[row] + 1]; f++) {
        const target = this.target[frames.func[f]]
        if (target < 0 || target === s || this.hook[frames.func[f]] === s) continue
        if (this.takesOver(target, s)) s = target
      }
      state[row] = s
    }
    return state
  }

  private takesOver(target: number, from: number): boolean {
    const tier = this.tier[target]
    if (tier === CODE) return true
    if (tier === STANDARD) return this.tier[from] <= STANDARD
    if (this.within[target]?.has(from)) return false
    return tier === LIBRARY || this.tier[from] < tier
  }

  private targetOf(
    name: string,
    file: string,
    names: ActivityNames,
    rows: readonly number[],
    own: readonly string[],
  ): number {
    if (plumbing.test(name)) return -1
    const path = packageOf(name)
    const isOwn = isOwnPackage(path, own)
    const row = isOwn ? names.ofGenerated(withoutPackage(name, path), file) : names.of(name, path, file)
    if (row >= 0) return rows[row]
    if (isOwn) return this.state(`code:${path}`, CODE)
    const family = familyOf(name, own)
    if (family === 'runtime') return this.runtime
    // Assembly and C have no package: they belong to what calls them.
    if (family === 'native') return this.state('native', STANDARD)
    return this.state(`code:${path}`, family === 'std' ? STANDARD : CODE)
  }

  private state(id: string, tier: number): number {
    const state = this.rows.of(id)
    this.tier[state] ??= tier
    return state
  }
}

/** Per stack row: the function at its leaf and the own function nearest to it, labels aside; -1 = none. */
function leaves({ functions, strings, frames, locations, stacks }: Profile, own: readonly string[], known: number) {
  const isOwn = new Uint8Array(functions.length)
  for (let f = 0; f < known; f++) {
    const symbol = functions.symbol[f]
    isOwn[f] = symbol === f ? Number(isOwnPackage(packageOf(strings.get(functions.name[f])), own)) : isOwn[symbol]
  }
  const leaf = new Int32Array(stacks.length).fill(-1)
  const nearestOwn = new Int32Array(stacks.length).fill(-1)
  for (let row = 1; row < stacks.length; row++) {
    const from = stacks.parent[row]
    leaf[row] = leaf[from]
    nearestOwn[row] = nearestOwn[from]
    const l = stacks.location[row]
    for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
      const func = frames.func[f]
      if (func >= known) continue
      leaf[row] = func
      if (isOwn[func] === 1) nearestOwn[row] = func
    }
  }
  return { leaf, nearestOwn }
}

function packageId({ functions, strings }: Profile, func: number, owner: OwnerId): string {
  return packageOf(strings.get(functions.name[func])) || owner
}
