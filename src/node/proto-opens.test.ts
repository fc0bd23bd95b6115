/** What `hotzone proto` writes opens elsewhere: in pprof-format, and in `go tool pprof` where Go is installed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Profile } from 'pprof-format'
import { expect, it } from 'vitest'
import { fixturePath } from '../testing/fixtures.ts'
import { runReport } from './pprof-commands.ts'

const hasGo = spawnSync('go', ['version']).status === 0

function pprof(...args: string[]): string {
  const run = spawnSync('go', ['tool', 'pprof', '-symbolize=none', '-nodefraction=0', ...args], { encoding: 'utf8' })
  expect(run.status, run.stderr).toBe(0)
  return run.stdout
}

/** Every sample as "values labels: name file start line address offset; …", sorted. */
function samplesOf(path: string): string[] {
  const profile = Profile.decode(new Uint8Array(gunzipSync(readFileSync(path))))
  const text = (i: unknown) => profile.stringTable.strings[Number(i)]
  const functions = new Map(profile.function.map((f) => [Number(f.id), f]))
  const mappings = new Map(profile.mapping.map((m) => [Number(m.id), m]))
  const locations = new Map(
    profile.location.map((l) => {
      const lines = l.line.map((line) => {
        const f = functions.get(Number(line.functionId))
        return `${text(f?.name)} ${text(f?.filename)} ${f?.startLine} ${line.line}`
      })
      const mapping = mappings.get(Number(l.mappingId))
      return [Number(l.id), `${lines.join()} ${l.address} ${text(mapping?.filename ?? 0)}+${mapping?.fileOffset ?? 0}`]
    }),
  )
  return profile.sample
    .map((s) => {
      const labels = s.label.map((l) => `${text(l.key)}=${text(l.str)}${l.num}${text(l.numUnit)}`).sort()
      return `${s.value.join()} ${labels}: ${s.locationId.map((id) => locations.get(Number(id))).join('; ')}`
    })
    .sort()
}

it.each(['go1.27/map/heap.pb.gz', 'go1.22/map/cpu.pb.gz', 'go1.22/map/goroutine.pb.gz', 'odd/generics-cpu.pb.gz'])(
  '%s',
  async (file) => {
    const path = fixturePath(file)
    const folder = mkdtempSync(join(tmpdir(), 'hotzone-'))
    const whole = join(folder, 'whole.pb.gz')
    expect(await runReport('proto', ['-output', whole, path])).toBe(0)
    expect(samplesOf(whole)).toEqual(samplesOf(path))
    const some = join(folder, 'some.pb.gz')
    expect(await runReport('proto', ['-focus=json|main', '-hide=^runtime', '-output', some, path])).toBe(0)
    expect(samplesOf(some).length).toBeGreaterThan(0)
    if (!hasGo) return
    const body = (text: string) => text.slice(text.indexOf('Showing nodes'))
    expect(body(pprof('-top', whole))).toBe(body(pprof('-top', path)))
    const filtered = pprof('-top', '-relative_percentages', '-focus=json|main', '-hide=^runtime', path)
    const rows = (text: string) => text.split(' flat  flat%')[1]
    expect(rows(pprof('-top', some))).toBe(rows(filtered))
  },
)
