/** What is seen first, as the fragment of the page's address: pprof's options of the command line, in the words of links. */
import { openAsBlob } from 'node:fs'
import { FormatError } from '../core/formats/format-error.ts'
import { readProfile } from '../core/formats/index.ts'
import type { CommandLine } from '../core/query/command-line.ts'
import type { PercentOf } from '../core/query/options.ts'
import { emptyLink, formatLink } from '../core/view/permalink.ts'
import { defaultView } from '../core/view/view-state.ts'

/** files: those that are opened; the first one says what its sample types are called. '' where nothing was said. */
export async function firstView(given: CommandLine, percentOf: PercentOf, files: readonly string[]): Promise<string> {
  const { inverted: _, sourcePath: __, own: ___, ...query } = given.query
  const scale = given.normalize ? ({ scale: 'share' } as const) : {}
  const view = { ...defaultView(), ...query, ...scale, percentOf, dropNegative: given.dropNegative }
  view.sampleType = await sampleType(given.sampleType, files[0])
  const plain = formatLink(emptyLink()).hash
  const { hash } = formatLink(emptyLink(view))
  return hash === plain ? '' : hash
}

/** pprof takes a number for a sample type too; links name it. */
async function sampleType(wanted: string, file: string | undefined): Promise<string> {
  if (!/^\d+$/.test(wanted) || file === undefined) return wanted
  try {
    const { profile } = await readProfile(await openAsBlob(file), { seed: 1 })
    return profile.sampleTypes[Number(wanted)]?.type ?? wanted
  } catch (error) {
    // The page says what is wrong with the file.
    if (error instanceof FormatError) return wanted
    throw error
  }
}
