/** One file to send by mail: the picture and a top table, no script, nothing fetched. */

import { formatShare, formatValue, measuredUnit } from '../model/units.ts'
import { utf8 } from '../model/utf8.ts'
import { sumKeys } from '../query/occurrences.ts'
import { rankZones } from '../zones/rank.ts'
import type { Zone } from '../zones/zone.ts'
import type { FindingsLegend, PictureExporter } from './exporter.ts'
import { drawSvg, embers, escapeXml, titleOf } from './svg.ts'

const MOST_ROWS = 200
/** Lines of a finding. */
const MOST_LINES = 5

const style = `body{font:14px/1.4 system-ui,sans-serif;margin:16px;color:#1c1917;background:#fff}
svg{width:100%;height:auto;border:1px solid #e7e5e4}table{border-collapse:collapse;margin-top:16px;width:100%}
th,td{padding:2px 8px;border-bottom:1px solid #e7e5e4;text-align:right;font-variant-numeric:tabular-nums}
th:last-child,td:last-child{text-align:left;width:70%;overflow-wrap:anywhere}
h2{margin:24px 0 8px;font-size:16px}section{max-width:760px}li{margin:0 0 12px}li p{margin:2px 0}li ul{padding-left:18px}li li{margin:0}
.swatch{display:inline-block;width:11px;height:11px;margin-right:6px;border:1px solid #592117;border-radius:3px}`

export const html: PictureExporter = (input) => {
  const { queried, sampleType, name, findingsLegend } = input
  const { profile, keys, frameKey } = queried.result
  const weights = queried.weights(sampleType)
  const { flat, cum } = sumKeys(profile, queried.occurrences, weights, frameKey, keys.length)
  const type = profile.sampleTypes[sampleType]
  const rows: number[] = []
  for (let k = 0; k < keys.length; k++) if (flat[k] !== 0 || cum[k] !== 0) rows.push(k)
  rows.sort((a, b) => Math.abs(flat[b]) - Math.abs(flat[a]) || Math.abs(cum[b]) - Math.abs(cum[a]))
  const share = (v: number) => formatShare(weights.base > 0 ? v / weights.base : 0)
  const cells = (k: number) =>
    [formatValue(flat[k], type.unit), share(flat[k]), formatValue(cum[k], type.unit), share(cum[k])]
      .map((text) => `<td>${escapeXml(text)}</td>`)
      .join('')
  const body = rows
    .slice(0, MOST_ROWS)
    .map((k) => `<tr>${cells(k)}<td>${escapeXml(keys.strings.get(keys.name[k]))}</td></tr>`)
  const more = rows.length > MOST_ROWS ? `<p>+ ${rows.length - MOST_ROWS}</p>` : ''
  const columns = findingsLegend
    ? [findingsLegend.words.self, '%', findingsLegend.words.total, '%', findingsLegend.words.name]
    : ['Self', '%', 'Total', '%', 'Name']
  const head = columns.map((t) => `<th scope="col">${escapeXml(t)}</th>`).join('')
  const bytes = utf8(`<!doctype html>
<html lang="${findingsLegend?.words.lang ?? 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeXml(`${name} · ${type.type}`)}</title><style>${style}</style></head><body>
${drawSvg(input)}
${findingsLegend ? findings(findingsLegend, measuredUnit(type.unit)) : ''}
<table><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table>${more}</body></html>
`)
  return { bytes }
}

/** What the page's panel says, as text: causes with their lines, context as a list. */
function findings(findingsLegend: FindingsLegend, unit: string): string {
  const { words } = findingsLegend
  const ranked = rankZones(findingsLegend.report.zones)
  const facts = (zone: Zone) =>
    `<i class="swatch" style="background:${embers[zone.family]}"></i><b>${escapeXml(titleOf(findingsLegend, zone))}</b> ` +
    `${formatShare(zone.share)} · ${formatValue(zone.value, unit)} · ${escapeXml(words.confidence[zone.confidence])}`
  const line = ({ func, file, line, value }: Zone['blame'][number]) =>
    `<li><code>${escapeXml(findingsLegend.func(func))}</code> ${escapeXml(findingsLegend.file(file))}:${line} ${formatValue(value, unit)}</li>`
  const cause = (zone: Zone) =>
    `<li>${facts(zone)}<p>${escapeXml(words.rules[zone.id]?.meaning ?? '')}</p>` +
    `<ul>${zone.blame.slice(0, MOST_LINES).map(line).join('')}</ul></li>`
  const part = (title: string, tag: string, items: string[]) =>
    items.length === 0 ? '' : `<section><h2>${escapeXml(title)}</h2><${tag}>${items.join('\n')}</${tag}></section>`
  return [
    part(words.findings, 'ol', ranked.filter((zone) => zone.role === 'cause').map(cause)),
    part(
      words.context,
      'ul',
      ranked.filter((zone) => zone.role === 'context').map((zone) => `<li>${facts(zone)}</li>`),
    ),
  ].join('\n')
}
