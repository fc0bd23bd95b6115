/** What GC logs and reads of MemStats say, in their own words. */
import type { CourseId } from '../../evidence/memory/course.ts'
import type { MemoryFinding } from '../../evidence/memory/finding.ts'
import type { Confidence } from '../../zones/zone.ts'
import type { Facts, FileRow, MemoryFact } from '../facts.ts'
import { placeIn, type StoryRule, sentence } from '../rule.ts'
import { facts, MIB, series } from './made.ts'
import { heapSeries } from './signals.ts'

/** As many findings are told. */
const MOST = 4
const MOST_REMEDIES = 2

const VIEWS: Record<MemoryFact['part'], string> = { gctrace: 'gc', memstats: 'memory' }

interface Told {
  finding: MemoryFinding
  from: MemoryFact
  files: FileRow[]
}

/** What is trouble first, then what is worth knowing; where nothing is, what the live heap did. Told once, by all that say it. */
function toldOf({ memory }: Facts): Told[] {
  const told = new Map<string, Told>()
  for (const from of memory) {
    for (const finding of from.findings) {
      const known = told.get(finding.id)
      if (known) known.files.push(from.file)
      else told.set(finding.id, { finding, from, files: [from.file] })
    }
  }
  const all = [...told.values()]
  const [trouble, notice] = (['trouble', 'notice'] as const).map((level) =>
    all
      .filter(({ finding }) => finding.level === level)
      .sort((a, b) => Number(b.finding.certain) - Number(a.finding.certain)),
  ) as [Told[], Told[]]
  const found = [...trouble, ...notice]
  return found.length > 0 ? found.slice(0, MOST) : all.slice(0, 1)
}

const confidenceOf = ({ certain, level }: MemoryFinding): Confidence =>
  certain || level === 'fine' ? 'certain' : 'hint'

/** Courses of a live heap that does not end higher than it was for long. */
const STANDS: readonly CourseId[] = ['steady', 'warm-up', 'burst']

export const memorySignals: readonly StoryRule[] = [
  {
    id: 'memory-says',
    step: 'signals',
    tell: (all) =>
      toldOf(all).map(({ finding, from, files }) => {
        const place = placeIn(all, from.file, { view: VIEWS[from.part] })
        return sentence(all, 'memory-says', { finding }, { confidence: confidenceOf(finding), files, place })
      }),
    hits: [facts({ memory: [says('growing', 'trouble')] }), facts({ memory: [says('steady', 'fine')] })],
    misses: [facts({}), facts({ series: [series([MIB, 2 * MIB, 3 * MIB])] })],
  },
  {
    id: 'kinds-disagree',
    step: 'signals',
    tell: (all) => {
      const heap = heapSeries(all)
      if (!heap?.total?.grows) return []
      const log = all.memory.find(({ findings }) => findings.some(({ id }) => STANDS.includes(id as CourseId)))
      const course = log?.findings.find(({ id }) => STANDS.includes(id as CourseId))
      if (!log || !course) return []
      const values = { course: course.id as 'steady' }
      const files = [log.file, ...heap.points.map(({ file }) => file)]
      const place = placeIn(all, log.file, { view: VIEWS[log.part] })
      return [sentence(all, 'kinds-disagree', values, { confidence: 'likely', files, place })]
    },
    hits: [facts({ series: [series([MIB, 2 * MIB, 3 * MIB, 4 * MIB])], memory: [says('steady', 'fine')] })],
    misses: [
      facts({ series: [series([MIB, 2 * MIB, 3 * MIB, 4 * MIB])], memory: [says('growing', 'trouble')] }),
      facts({ memory: [says('steady', 'fine')] }),
    ],
  },
]

export const memoryRemedies: readonly StoryRule[] = [
  {
    id: 'memory-remedy',
    step: 'remedy',
    tell: (all) =>
      toldOf(all)
        // What to do about growth follows from the place that grows.
        .filter(({ finding }) => finding.level === 'trouble' && finding.id !== 'growing')
        .slice(0, MOST_REMEDIES)
        .map(({ finding, from, files }) => {
          const place = placeIn(all, from.file, { view: VIEWS[from.part] })
          const values = { finding: finding.id, remedy: 0 }
          return sentence(all, 'memory-remedy', values, { confidence: confidenceOf(finding), files, place })
        }),
    hits: [facts({ memory: [says('limit', 'trouble')] })],
    misses: [facts({ memory: [says('steady', 'fine')] }), facts({ memory: [says('growing', 'trouble')] })],
  },
]

function says(id: MemoryFinding['id'], level: MemoryFinding['level']): MemoryFact {
  const numbers = {
    first: MIB,
    last: 2 * MIB,
    peak: 2 * MIB,
    grown: MIB,
    pace: MIB,
    span: 5,
    cycles: 20,
    limit: 2 * MIB,
  }
  return { file: 0, part: 'gctrace', findings: [{ id, level, certain: true, row: -1, facts: { ...numbers, rate: 3 } }] }
}
