/** What is on screen as Markdown: findings, top functions, heaviest path, caveats. Loaded when first asked for. */

import { formatValue } from '../core/model/units.ts'
import { heaviestPath } from '../core/zones/heaviest.ts'
import { zonesAsMarkdown } from '../core/zones/markdown.ts'
import { matching } from '../state/answer.ts'
import { type AppState, currentProfile } from '../state/store.ts'
import { copyText } from './clipboard.ts'
import type { Catalogue } from './words/index.ts'
import { measuredText } from './work/measured.tsx'

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
