/** Top as a table: name, then flat and cum of every sample type, raw. */

import { escapeChar } from '../model/escaped-name.ts'
import { utf8 } from '../model/utf8.ts'
import { sumKeys } from '../query/occurrences.ts'
import { EscapedNames } from './escaped-names.ts'
import type { Exporter } from './exporter.ts'

const UNSAFE = /[\t\r\n]|%(?=09|0A|0D|25)/g

export const tsv: Exporter = ({ queried, sampleType }) => {
  const { profile, keys, frameKey } = queried.result
  const sums = profile.sampleTypes.map((_, t) =>
    sumKeys(profile, queried.occurrences, queried.weightsOnce(t), frameKey, keys.length),
  )
  const rows: number[] = []
  for (let k = 0; k < keys.length; k++) if (sums.some((s) => s.flat[k] !== 0 || s.cum[k] !== 0)) rows.push(k)
  const { flat } = sums[sampleType]
  rows.sort((a, b) => Math.abs(flat[b]) - Math.abs(flat[a]))
  const head = profile.sampleTypes.flatMap((t) => [`${t.type} flat (${t.unit})`, `${t.type} cum (${t.unit})`])
  const names = new EscapedNames((name) => name.replace(UNSAFE, escapeChar))
  const lines = rows.map((k) => [
    names.text(keys.strings.get(keys.name[k])),
    ...sums.flatMap((s) => [s.flat[k], s.cum[k]]),
  ])
  const bytes = utf8([['name', ...head], ...lines].map((line) => `${line.join('\t')}\n`).join(''))
  return { bytes, escaped: names.count }
}
