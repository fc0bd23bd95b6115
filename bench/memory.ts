/** Memory of a process and all its descendants, from /proc; null where there is none. */
import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  parent: number
  /** Resident bytes. */
  resident: number
}

const PAGE = 4096

function processes(): Map<number, Process> {
  const all = new Map<number, Process>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      // The second field is the name in brackets and may hold anything.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      all.set(Number(name), { parent: Number(fields[1]), resident: Number(fields[21]) * PAGE })
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

/** Watches the summed resident memory of process trees until stopped. Shared pages count once per process. */
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
    for (const [id, { resident }] of all) if (belongs(id)) sum += resident
    this.peak = Math.max(this.peak, sum)
  }
}
