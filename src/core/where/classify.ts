/** Which activity each function belongs to: packages are looked up once, then the patterns of their rows alone. */
import type { Activity, Named } from './activity.ts'

interface Clause {
  row: number
  functions: RegExp | null
}

/** Clauses by the packages that they name. */
class Packages {
  /** Import path → the clauses that name it, in the order of the rows. */
  private readonly exact = new Map<string, Clause[]>()
  /** The same for paths and all below. */
  private readonly below = new Map<string, Clause[]>()
  private readonly known = new Map<string, readonly Clause[]>()

  add(row: number, names: readonly Named[]): void {
    for (const named of names) {
      const [path, functions] = typeof named === 'string' ? [named, null] : named
      const tree = path.endsWith('/...')
      const map = tree ? this.below : this.exact
      const key = tree ? path.slice(0, -'/...'.length) : path
      const list = map.get(key) ?? []
      map.set(key, list)
      list.push({ row, functions })
    }
  }

  /** Row of a function of this package, -1 = none. */
  of(rest: string, path: string): number {
    return this.clauses(path).find(({ functions }) => !functions || functions.test(rest))?.row ?? -1
  }

  private clauses(path: string): readonly Clause[] {
    let found = this.known.get(path)
    if (!found) {
      const plain = withoutVersion(path)
      const all = [...(this.exact.get(path) ?? []), ...(plain === path ? [] : (this.exact.get(plain) ?? []))]
      for (const start of new Set([path, plain])) {
        for (let end = start.length; end > 0; end = start.lastIndexOf('/', end - 1)) {
          all.push(...(this.below.get(start.slice(0, end)) ?? []))
        }
      }
      found = all.sort((a, b) => a.row - b.row)
      this.known.set(path, found)
    }
    return found
  }
}

interface Generated {
  row: number
  files: RegExp
  functions: RegExp
}

export class ActivityNames {
  private readonly all = new Packages()
  /** Those that count in the program's own code too. */
  private readonly own = new Packages()
  private readonly generated: Generated[] = []
  /** By file, those that may have written it. */
  private readonly writers = new Map<string, readonly Generated[]>()

  constructor(rows: readonly Activity[]) {
    for (const [row, { names, own = [], generated }] of rows.entries()) {
      this.all.add(row, [...names, ...own])
      this.own.add(row, own)
      if (generated) this.generated.push({ row, ...generated })
    }
  }

  /** Row of a function, -1 = none. `path` is its package, '' = it has none; `file` may be ''. */
  of(name: string, path: string, file: string): number {
    return this.find(this.all, name, path, file)
  }

  /** The same for a function of the program's own. */
  ofOwn(name: string, path: string, file: string): number {
    return this.find(this.own, name, path, file)
  }

  /** What a generator wrote does the generator's work, whosever package it is in. */
  private find(packages: Packages, name: string, path: string, file: string): number {
    const rest = withoutPackage(name, path)
    const row = this.ofGenerated(rest, file)
    return row >= 0 ? row : packages.of(rest, path)
  }

  private ofGenerated(rest: string, file: string): number {
    if (file === '') return -1
    let writers = this.writers.get(file)
    if (!writers) {
      writers = this.generated.filter(({ files }) => files.test(file))
      this.writers.set(file, writers)
    }
    return writers.find(({ functions }) => functions.test(rest))?.row ?? -1
  }
}

/** Types in brackets hold slashes too. */
function nameHead(name: string): number {
  const bracket = name.search(/[[({]/)
  return bracket < 0 ? name.length : bracket
}

/** The name without its package, which is `path`, '' = it has none. */
export const withoutPackage = (name: string, path: string): string =>
  path === '' ? name : name.slice(name.indexOf('.', name.lastIndexOf('/', nameHead(name)) + 1) + 1)

/** Major versions and copies inside Go's own tree are no other package. */
const withoutVersion = (path: string) => path.replace(/^vendor\//, '').replace(/\/v\d+(?=\/|$)/g, '')
