/** What is on screen as Markdown: findings, top functions, heaviest path, caveats. Loaded when first asked for. */

import { formatShare, formatValue } from '../core/model/units.ts'
import { shapesAsMarkdown } from '../core/shape/markdown.ts'
import { whereAsMarkdown } from '../core/where/markdown.ts'
import { heaviestPath } from '../core/zones/heaviest.ts'
import { zonesAsMarkdown } from '../core/zones/markdown.ts'
import { matching } from '../state/answer.ts'
import { type Answer, type AppState, currentProfile, type OpenedProfile } from '../state/store.ts'
import { copyText } from './clipboard.ts'
import type { Catalogue } from './words/index.ts'
import { measuredText } from './work/measured.tsx'

function shapeFormat({ names, files }: OpenedProfile, value: (v: number) => string) {
  return {
    value,
    share: formatShare,
    bytes: (size: number) => formatValue(size, 'bytes'),
    count: (n: number) => String(Math.round(n)),
    name: (func: number) => names.get(func),
    place: (file: number, line: number) => (file < 0 ? '' : `${files.get(file).replace(/^.*\//, '')}:${line}`),
  }
}

/** null while the answers that it is made of are still on their way. */
async function markdown(s: AppState, catalogue: Catalogue): Promise<string | null> {
  const words = catalogue.words(s.language)
  const profile = currentProfile(s)
  const { answers, since } = s
  const { tree, zones, functions } = answers
  if (!profile || !tree || !zones || !functions) return null
  const { client, info, names, files } = profile
  const { sampleType } = tree
  const settled =
    tree.profile.client === client &&
    [tree, zones, functions].every((answer) => matching(answer, tree) && answer.state === 'current')
  const type = info.sampleTypes[sampleType]
  if (!settled || !type) return null
  const about = [
    words.kinds[info.kind],
    info.goVersion === null ? '' : words.bar.go(info.goVersion),
    measuredText(words, info, sampleType),
  ]
  const { where, shape } = answers
  const of = <T>(answer: Answer<T> | null): T | null =>
    answer && matching(answer, tree) && answer.state === 'current' ? answer.value : null
  const [gone, shapes] = [of(where), of(shape)]
  const value = (v: number) => formatValue(v, type.unit)
  return zonesAsMarkdown(
    {
      file: info.name,
      sampleType: type,
      about: about.filter((part) => part !== '').join(' · '),
      report: zones.value,
      names,
      rowNames: tree.profile.names,
      files,
      flat: functions.value.flat,
      cum: functions.value.cum,
      // Upside down the widest way leads to callers.
      heaviest: tree.profile.query.inverted ? [] : heaviestPath(tree.value),
      retained: { lines: [], snapshots: 0 },
      where: gone ? whereAsMarkdown(gone, await catalogue.whereWords(s.language), value) : [],
      shape: shapes
        ? shapesAsMarkdown(shapes, await catalogue.shapeWords(s.language), shapeFormat(profile, value))
        : [],
      format: formatValue,
      ...(since?.client === client ? { since: since.name } : {}),
    },
    await catalogue.zoneWords(s.language),
  )
}

export default async function copyMarkdown(s: AppState, catalogue: Catalogue): Promise<boolean> {
  const text = await markdown(s, catalogue)
  return text !== null && copyText(text)
}
