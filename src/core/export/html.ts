/** One file to send by mail: the picture and a top table, no script, nothing fetched. */
import { formatShare, formatValue } from '../model/units.ts'
import { sumKeys } from '../query/occurrences.ts'
import { type Exporter, utf8 } from './exporter.ts'
import { drawSvg, escapeXml } from './svg.ts'

const MOST_ROWS = 200

const style = `body{font:14px/1.4 system-ui,sans-serif;margin:16px;color:#1c1917;background:#fff}
svg{width:100%;height:auto;border:1px solid #e7e5e4}table{border-collapse:collapse;margin-top:16px;width:100%}
th,td{padding:2px 8px;border-bottom:1px solid #e7e5e4;text-align:right;font-variant-numeric:tabular-nums}
th:last-child,td:last-child{text-align:left;width:70%;overflow-wrap:anywhere}`

export const html: Exporter = {
  id: 'html',
  extension: 'html',
  mime: 'text/html',
  write: (input) => {
    const { queried, sampleType, name } = input
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
    const more = rows.length > MOST_ROWS ? `<p>${rows.length - MOST_ROWS} more rows are not listed.</p>` : ''
    const head = ['Self (flat)', '%', 'Total (cum)', '%', 'Name'].map((t) => `<th scope="col">${t}</th>`).join('')
    return utf8(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeXml(`${name} · ${type.type}`)}</title><style>${style}</style></head><body>
${drawSvg(input)}
<table><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table>${more}</body></html>
`)
  },
}
