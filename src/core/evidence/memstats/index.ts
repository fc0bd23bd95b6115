/** Reads of the runtime's statistics of memory: MemStats, expvar, runtime/metrics. */
import { parseLimit } from '../../compare/series-limit.ts'
import { partsOf } from '../memory/parts.ts'
import type { EvidenceCode, EvidencePart, FileTable } from '../reader.ts'
import type { MemInfo, ReadRows, ReadsRequest, Says, SaysRequest } from './document.ts'
import { MemReader, type MemTable } from './parse.ts'
import { joinReads, pickReads, readAt } from './reads.ts'
import { memFindings } from './rules.ts'
import { type MemTextRequest, memText } from './text.ts'
import { timelineOf } from './timeline.ts'

export const memstats: EvidenceCode<'memstats', MemTable> = {
  newReader: () => new MemReader(),
  join(files: readonly FileTable<MemTable>[]): EvidencePart<'memstats'> {
    const { reads, timed, runs } = joinReads(files.map(({ table }) => table.reads))
    const timeline = timelineOf(reads, timed, runs)
    const { from, to, course } = timeline
    const last = readAt(reads, to - 1)
    const info: MemInfo = {
      reads: reads.length,
      runs: runs.length,
      from,
      to,
      timed,
      began: reads.time[from],
      course,
      first: readAt(reads, 0),
      last,
      parts: partsOf(last),
      limit: Number.isFinite(last.limit) ? last.limit : null,
      broken: files.reduce((sum, { table }) => sum + table.broken, 0),
    }
    const says = ({ limit: typed }: SaysRequest): Says => {
      const limit = parseLimit(typed, 'bytes') ?? info.limit
      return { findings: memFindings({ reads, timeline, timed, runs, limit }), limit }
    }
    const rows = ({ most }: ReadsRequest): ReadRows => {
      const all = to - from
      const count = Math.min(most, all)
      const shown = Uint32Array.from({ length: count }, (_, i) =>
        count < 2 ? from : from + Math.round((i * (all - 1)) / (count - 1)),
      )
      const of = (column: Float64Array) => Float64Array.from(shown, (row) => column[row - from])
      return {
        rows: shown,
        reads: pickReads(reads, shown),
        minutes: of(timeline.minutes),
        live: of(timeline.live),
        all,
      }
    }
    return {
      info,
      answer(question, args) {
        if (question === 'says') return says(args as SaysRequest)
        if (question === 'rows') return rows(args as ReadsRequest)
        if (question === 'text') {
          const request = args as MemTextRequest
          return memText(info, says(request), rows({ most: reads.length }), request)
        }
        throw new Error(`Statistics of memory do not know ${question}.`)
      },
    }
  },
}
