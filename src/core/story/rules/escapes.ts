/** Escapes: why the compiler puts on the heap what heavy lines make. */
import type { EscapeFact } from '../facts.ts'
import { lineOf, placeIn, type StoryRule, sentence, weakest } from '../rule.ts'
import { facts, line, MIB, profile } from './made.ts'

/** Of a total: an escape that is worth a sentence. */
const HEAVY = 0.05
const MOST = 2
const MOST_REMEDIES = 1

const VIEW = { view: 'escapes' }

const heavy = ({ escapes }: { escapes: readonly EscapeFact[] }, most: number) =>
  escapes.filter(({ share, onLine }) => share >= HEAVY && onLine > 0).slice(0, most)

export const escapeCauses: readonly StoryRule[] = [
  {
    id: 'escape',
    step: 'cause',
    tell: (all) =>
      heavy(all, MOST).map(({ file, profile: by, what, line, why, share, sampleType, onLine }) => {
        // Several escapes of one line share its bytes: which of them has them is not known.
        const confidence = weakest('certain', onLine > 1 ? 'likely' : 'certain')
        const values = { what, line: lineOf(line), why, share, sampleType, alone: onLine === 1 }
        return sentence(all, 'escape', values, { confidence, files: [file, by], place: placeIn(all, file, VIEW) })
      }),
    hits: [facts({ escapes: [weighed(0.4)] })],
    misses: [facts({}), facts({ escapes: [weighed(0.001)] })],
  },
  {
    id: 'escapes-weightless',
    step: 'cause',
    tell: (all) => {
      const [first] = all.escapes
      if (!first || heavy(all, 1).length > 0) return []
      const told = {
        confidence: 'likely',
        files: [first.file, first.profile],
        place: placeIn(all, first.file, VIEW),
      } as const
      return [sentence(all, 'escapes-weightless', {}, told)]
    },
    hits: [facts({ escapes: [weighed(0.001)] })],
    misses: [facts({}), facts({ escapes: [weighed(0.4)] })],
  },
]

export const escapeRemedies: readonly StoryRule[] = [
  {
    id: 'escape-remedy',
    step: 'remedy',
    tell: (all) =>
      heavy(all, MOST_REMEDIES).map(({ file, profile: by, why, line }) => {
        const values = { why: why.id, line: lineOf(line) }
        return sentence(all, 'escape-remedy', values, {
          confidence: 'likely',
          files: [file, by],
          place: placeIn(all, file, VIEW),
        })
      }),
    hits: [facts({ escapes: [weighed(0.4)] })],
    misses: [facts({ escapes: [weighed(0.001)] })],
  },
]

/** What is missing: why the lines that allocate most do so. */
export const escapeMissing: readonly StoryRule[] = [
  {
    id: 'need-escapes',
    step: 'missing',
    tell: (all) => {
      const memory = all.profiles.find(
        ({ sampleType, lines }) => sampleType === 'alloc_space' && (lines[0]?.share ?? 0) >= 0.2,
      )
      if (!memory || all.escapes.length > 0 || all.readEscapes) return []
      const command = "go build -gcflags='-m -m' ./... 2>escapes.txt"
      return [sentence(all, 'need-escapes', {}, { confidence: 'certain', files: [], command })]
    },
    hits: [facts({ profiles: [profile({ sampleType: 'alloc_space', lines: [line('main.load', 60 * MIB, 0.6)] })] })],
    misses: [
      facts({ profiles: [profile({ sampleType: 'alloc_space' })] }),
      facts({
        profiles: [profile({ sampleType: 'alloc_space', lines: [line('main.load', 60 * MIB, 0.6)] })],
        readEscapes: true,
      }),
    ],
  },
]

function weighed(share: number): EscapeFact {
  return {
    file: 0,
    profile: 1,
    what: 'make(map[string]interface {}, n)',
    line: line('main.load', share * 100 * MIB, share),
    why: { id: 'returned', other: '' },
    share,
    sampleType: 'alloc_space',
    onLine: 1,
  }
}
