/** How many operations the runs of each benchmark did: by what a profile of them is divided. */
import { benchmarkFunction } from './names.ts'
import type { Benchmarks } from './parse.ts'

export interface BenchmarkOperations {
  /** "BenchmarkDecode", which runs its sub-benchmarks, each number of processors and each repetition. */
  name: string
  /** Import path of its package; '' = unknown. */
  pkg: string
  /** Label of the file. */
  file: string
  /** Lines of results. */
  runs: number
  /**
   * Their iterations added up. The rounds by which `go test` finds how many iterations fill the time are not in the text:
   * a profile holds these operations and some more.
   */
  operations: number
}

/** One for each benchmark function of each file, in the order of the files. */
export function operationsIn({ iterations, configs, names, files }: Benchmarks): BenchmarkOperations[] {
  const rows = new Map<string, BenchmarkOperations>()
  for (const { config, name, file, runs, count } of iterations) {
    if (count <= 0) continue
    const pkg = configs[config]?.find(([key]) => key === 'pkg')?.[1] ?? ''
    const func = benchmarkFunction(names[name] ?? '')
    const key = JSON.stringify([file, pkg, func])
    const row = rows.get(key) ?? { name: func, pkg, file: files[file]?.label ?? '', runs: 0, operations: 0 }
    rows.set(key, { ...row, runs: row.runs + runs, operations: row.operations + count })
  }
  return [...rows.values()]
}
