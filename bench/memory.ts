/** Memory of a process and all its descendants, from /proc; null where there is none. */
import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  parent: number
  /** Bytes it holds for itself alone; pages shared with other processes would count several times. */
  own: number
}

function processes(): Map<number, Process> {
  const all = new Map<number, Process>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8')
      const field = (key: string) => Number(new RegExp(`^${key}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0)
      all.set(Number(name), { parent: field('PPid'), own: field('RssAnon') * 1024 })
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return all
}

/** Ids of the processes that this one started, directly. */
export function children(): Set<number> {
  try {
    return new Set([...processes()].filter(([, { parent }]) => parent === process.pid).map(([id]) => id))
  } catch {
    return new Set()
  }
}

/** Watches the summed resident private memory of process trees until stopped. */
export class MemoryWatch {
  private peak = 0
  private readonly timer: NodeJS.Timeout

  constructor(private readonly roots: ReadonlySet<number>) {
    this.timer = setInterval(() => this.look(), 100)
    this.look()
  }

  /** Bytes at the highest moment, or null where /proc cannot tell. */
  stop(): number | null {
    this.look()
    clearInterval(this.timer)
    return this.peak || null
  }

  private look(): void {
    let all: Map<number, Process>
    try {
      all = processes()
    } catch {
      return
    }
    const inTree = new Map<number, boolean>()
    const belongs = (id: number): boolean => {
      const known = inTree.get(id)
      if (known !== undefined) return known
      const parent = all.get(id)?.parent ?? 0
      const answer = this.roots.has(id) || (parent > 1 && belongs(parent))
      inTree.set(id, answer)
      return answer
    }
    let sum = 0
    for (const [id, { own }] of all) if (belongs(id)) sum += own
    this.peak = Math.max(this.peak, sum)
  }
}
