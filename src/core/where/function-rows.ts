/** What the names and files of functions tell: the activity each begins, whose code it is, and its package. */
import { type Family, familyOf, packageOf } from '../model/go-name.ts'
import { countsWaiting, type ProfileKind } from '../model/kind.ts'
import { isNameless } from '../model/nameless.ts'
import type { Profile } from '../model/profile.ts'
import { activities } from './activities.ts'
import { ActivityNames, withoutPackage } from './classify.ts'
import { type OwnerId, Owners } from './owners.ts'

export interface PartitionInput {
  profile: Profile
  kind: ProfileKind
  /** Import paths of the own code. */
  own: readonly string[]
  /** Functions from this row on stand for labels and are no code. */
  functions: number
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
/** Frames below which everything runs. */
const plumbing =
  /^runtime\.(goexit|main|systemstack|mcall|mstart|mstart0|rt0_go|doInit1?|call\d+|reflectcall|main_init)(\.|$)/

const NO_STACK = 'no-stack'
/** Frames to which the profile gives no names: nothing says whose they are. */
const NAMELESS = 'nameless'

interface Package {
  /** Import path, '' = names without one. */
  path: string
  family: Family
  owner: OwnerId | null
}

export class FunctionRows {
  /** Ids of the activities, by their rows. Row 0 is "no stack". */
  readonly ids: string[] = []
  /** Row of what else the runtime does. */
  readonly runtime: number
  /** Function rows from here on stand for labels. */
  readonly known: number
  /** Per function row: the activity row it leads to, -1 = it changes nothing. */
  readonly target: Int32Array
  /** Per function row: the activity row that it leaves as it is, -1 = none. */
  readonly hook: Int32Array
  /** Per function row: 1 = own code. */
  readonly isOwn: Uint8Array
  private readonly rows = new Map<string, number>()
  /** By activity row. */
  private readonly tier: number[] = []
  /** By activity row: the rows below which it changes nothing. */
  private readonly within: (ReadonlySet<number> | null)[] = []
  private readonly owners: Owners
  private readonly packages: Package[] = []
  private readonly packageRows = new Map<string, number>()
  /** Per function row that is the first of its name: row of packages. */
  private readonly packageRow: Int32Array

  constructor(private readonly input: PartitionInput) {
    const { profile, kind, functions } = input
    const { functions: table, strings } = profile
    this.known = Math.min(functions, table.length)
    this.owners = new Owners(profile)
    this.activity(NO_STACK, NONE)
    this.runtime = this.activity('runtime', REST)
    const rows = activities.map(({ id, tier, wait }) =>
      this.activity(id, wait && countsWaiting(kind) ? LIBRARY : tiers[tier]),
    )
    for (const [i, { within }] of activities.entries()) {
      this.within[rows[i]] = within ? new Set(within.map((id) => this.rows.get(id) as number)) : null
    }
    const names = new ActivityNames(activities)
    const hooks = activities.flatMap(({ hooks }, i) => (hooks ? [{ row: rows[i], hooks }] : []))
    this.target = new Int32Array(table.length).fill(-1)
    this.hook = new Int32Array(table.length).fill(-1)
    this.isOwn = new Uint8Array(table.length)
    this.packageRow = new Int32Array(table.length)
    for (let f = 0; f < this.known; f++) {
      const symbol = table.symbol[f]
      if (symbol !== f) {
        this.target[f] = this.target[symbol]
        this.hook[f] = this.hook[symbol]
        this.isOwn[f] = this.isOwn[symbol]
        continue
      }
      const name = strings.get(table.name[f])
      this.packageRow[f] = this.packageRowOf(name)
      const { path, family } = this.packages[this.packageRow[f]]
      this.isOwn[f] = Number(family === 'user')
      this.target[f] = this.targetOf(name, path, family, strings.get(table.file[f]), names, rows)
      // The own code stays own where an activity names it: its methods are hooks as those of any code.
      if ((this.tier[this.target[f]] !== CODE && this.isOwn[f] === 0) || hooks.length === 0) continue
      const rest = withoutPackage(name, path)
      this.hook[f] = hooks.find((h) => h.hooks.test(rest))?.row ?? -1
    }
  }

  isNamed(activity: number): boolean {
    return this.tier[activity] >= RUNTIME
  }

  /** Whether the activity in row `target` begins below that in row `from`. */
  takesOver(target: number, from: number): boolean {
    const tier = this.tier[target]
    if (tier === CODE) return true
    if (tier === STANDARD) return this.tier[from] <= STANDARD
    if (target < this.within.length && this.within[target]?.has(from)) return false
    return tier === LIBRARY || this.tier[from] < tier
  }

  /** Id of the owner or package of a function; -1 = of samples without a stack. */
  idOf(reading: 'owner' | 'package', func: number): string {
    if (func < 0) return NO_STACK
    const found = this.packages[this.packageRow[this.input.profile.functions.symbol[func]]]
    found.owner ??= this.owners.of(found.path, found.family)
    return reading === 'owner' ? found.owner : found.path || found.owner
  }

  private packageRowOf(name: string): number {
    const path = packageOf(name)
    // Names without a package are the runtime's or not Go's.
    const unnamed = path === '' && isNameless(name)
    const key = unnamed ? NAMELESS : path === '' ? familyOf(name, this.input.own) : `/${path}`
    let row = this.packageRows.get(key)
    if (row === undefined) {
      row = this.packages.length
      this.packages.push({ path, family: familyOf(name, this.input.own), owner: unnamed ? NAMELESS : null })
      this.packageRows.set(key, row)
    }
    return row
  }

  private targetOf(
    name: string,
    path: string,
    family: Family,
    file: string,
    names: ActivityNames,
    rows: readonly number[],
  ): number {
    if (path === 'runtime' && plumbing.test(name)) return -1
    const isOwn = family === 'user'
    const row = isOwn ? names.ofOwn(name, path, file) : names.of(name, path, file)
    if (row >= 0) return rows[row]
    if (isOwn) return this.activity(`code:${path}`, CODE)
    if (family === 'runtime') return this.runtime
    // Assembly and C have no package: they belong to what calls them.
    if (family === 'native') return this.activity(isNameless(name) ? NAMELESS : 'native', STANDARD)
    return this.activity(`code:${path}`, family === 'std' ? STANDARD : CODE)
  }

  /** Row of an activity, made when it is met. */
  private activity(id: string, tier: number): number {
    let row = this.rows.get(id)
    if (row === undefined) {
      row = this.ids.length
      this.ids.push(id)
      this.tier.push(tier)
      this.rows.set(id, row)
    }
    return row
  }
}
