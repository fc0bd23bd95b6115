/** The page behind a finding's link: every rule in the reader's language, written when the app is built. */
import { rules } from '../zones/index.ts'
import { type Evidence, evidences, FLOOR, type Rule } from '../zones/rule.ts'
import type { ZoneWords } from '../zones/words/words.ts'
import { escapeXml } from './svg.ts'

/** Kinds of profile as Go names them, the same in every language. */
const kinds: Record<Evidence, string> = {
  cpu: 'cpu',
  memory: 'heap, allocs',
  mutex: 'mutex',
  block: 'block',
  goroutine: 'goroutine',
  goroutineleak: 'goroutineleak',
}

export function rulesPage(lang: string, words: ZoneWords): string {
  const { page } = words
  const index = rules.map(({ id }) => `<li><a href="#${id}">${escapeXml(words.rules[id].title)}</a></li>`)
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(page.title)} · Hotzone</title>
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="zones.css">
</head>
<body>
<main>
<h1>${escapeXml(page.title)}</h1>
<p>${escapeXml(page.intro(rules.length, `${FLOOR * 100}%`))}</p>
<ul class="index">${index.join('')}</ul>
${rules.map((rule) => section(rule, words)).join('\n')}
</main>
</body>
</html>
`
}

function section(
  { id, go, checked, match, references }: Rule & { id: keyof ZoneWords['rules'] },
  words: ZoneWords,
): string {
  const { page, report } = words
  const { title, meaning, know, remedies } = words.rules[id]
  const seen = evidences.filter((evidence) => match[evidence]).map((evidence) => kinds[evidence])
  const notes = new Set(evidences.flatMap((evidence) => match[evidence]?.note ?? []))
  const text = (tag: string, content: string) => `<${tag}>${escapeXml(content)}</${tag}>`
  const todo = remedies.map(
    ({ do: what, when, measured }) =>
      `<li>${escapeXml(what)} <small>${escapeXml(page.when(when))}${measured ? ` ${escapeXml(measured)}` : ''}</small></li>`,
  )
  return [
    `<section id="${id}"><h2>${escapeXml(title)} <code>${id}</code></h2>`,
    text('p', meaning),
    todo.length > 0 ? `<h3>${escapeXml(report.todo)}</h3><ul>${todo.join('')}</ul>` : '',
    `<h3>${escapeXml(page.know)}</h3>${text('p', know)}`,
    ...[...notes].map((note) => text('p', words.reasons[note])),
    `<p><small>${escapeXml(page.seen(seen.join(', '), go))}</small></p>`,
    checked ? `<p><small>${escapeXml(page.checked(checked))}</small></p>` : '',
    `<p><small>${escapeXml([page.source, references.join(words.marks.comma)].join(words.marks.colon))}</small></p></section>`,
  ].join('\n')
}
