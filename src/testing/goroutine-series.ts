/** Two goroutine profiles of one program as files: the later one has more that wait. For tests that open files. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeProfile } from '../core/export/pprof.ts'
import { foldedProfile } from './folded.ts'

export const leaked = { before: 40, after: 340 }

/** Writes both into a folder; paths in the order in which they were taken. */
export function goroutineSeries(folder: string): [before: string, after: string] {
  const write = (name: string, waiting: number, timeNs: bigint) => {
    const profile = foldedProfile('goroutine', [
      `main.serve;main.fetch;runtime.chansend1;runtime.chansend;runtime.gopark ${waiting}`,
      'runtime.main;main.main;main.run 21',
    ])
    const path = join(folder, name)
    writeFileSync(path, encodeProfile({ ...profile, meta: { ...profile.meta, timeNs } }))
    return path
  }
  return [
    write('goroutine-1.pb', leaked.before, 10n ** 18n),
    write('goroutine-2.pb', leaked.after, 10n ** 18n + 60_000_000_000n),
  ]
}
