/** What the compiler says of values that leave the stack. */
import { readProfile } from '../../formats/index.ts'
import { type LineWeights, lineWeights } from '../../joins/line-weights.ts'
import type { EvidenceCode } from '../reader.ts'
import type { EscapeInfo, EscapeRequest, EscapeTextRequest, WeighedBy } from './document.ts'
import { escapeTable } from './join.ts'
import { newEscapeReader } from './parse.ts'
import type { EscapeCounts, EscapeTable } from './table.ts'

/** Profiles whose lines are kept: the one that ranks, and those that are looked at beside. */
const MOST_HELD = 3
/** Rows that are printed and copied. */
const MOST_ROWS = 100_000

export const escapes: EvidenceCode<'escapes', EscapeTable> = {
  newReader: newEscapeReader,
  join(files) {
    const tables = files.map(({ table }) => table)
    const info: EscapeInfo = {
      ...countsOf(tables),
      packages: [...new Set(tables.flatMap(({ packages }) => packages))],
      reasons: tables.some(({ steps }) => steps > 0),
    }
    /** Of the profiles that were asked about last. */
    const held = new Map<string, Promise<LineWeights>>()

    async function weigh(profile: WeighedBy | null) {
      if (!profile) return null
      const weights = held.get(profile.id) ?? weightsOf(profile.file)
      held.delete(profile.id)
      held.set(profile.id, weights)
      if (held.size > MOST_HELD) held.delete(held.keys().next().value as string)
      return { name: profile.name, weights: await weights }
    }

    return {
      info,
      async answer(question, args) {
        switch (question) {
          case 'table': {
            const request = args as EscapeRequest
            return escapeTable(tables, request, await weigh(request.profile))
          }
          case 'text': {
            const request = args as EscapeTextRequest
            const answer = escapeTable(tables, { ...request, most: MOST_ROWS }, await weigh(request.profile))
            const { escapeText } = await import('./text.ts')
            return escapeText(info, answer, request)
          }
          default:
            throw new Error(`Escapes have no ${question}.`)
        }
      },
    }
  },
}

async function weightsOf(file: Blob): Promise<LineWeights> {
  const { profile } = await readProfile(file, { seed: 0 })
  return lineWeights(profile)
}

function countsOf(tables: readonly EscapeTable[]): EscapeCounts {
  const sum = (key: keyof EscapeCounts) => tables.reduce((total, { counts }) => total + counts[key], 0)
  return {
    moved_to_heap: sum('moved_to_heap'),
    escapes: sum('escapes'),
    does_not_escape: sum('does_not_escape'),
    leaking_param: sum('leaking_param'),
    leaking_param_content: sum('leaking_param_content'),
    explanations: sum('explanations'),
  }
}
