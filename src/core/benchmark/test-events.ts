/** What `go test -json` writes: a line of JSON for each piece of text that a test prints, mixed where packages run at once. */

interface TestEvent {
  Action?: unknown
  Package?: unknown
  Output?: unknown
}

/** The text that the events hold, one package after the other. Lines that are no events stay as they are. */
export function textOfEvents(lines: string): string {
  const byPackage = new Map<string, string[]>()
  const add = (pkg: string, text: string) => {
    const texts = byPackage.get(pkg)
    if (texts) texts.push(text)
    else byPackage.set(pkg, [text])
  }
  for (const line of lines.split(/\r?\n/)) {
    const event = eventOf(line)
    if (!event) add('', `${line}\n`)
    else if (event.Action === 'output') add(String(event.Package ?? ''), String(event.Output ?? ''))
  }
  return [...byPackage.values()].map((texts) => texts.join('')).join('\n')
}

function eventOf(line: string): TestEvent | null {
  if (!line.startsWith('{')) return null
  try {
    const event = JSON.parse(line) as TestEvent
    return typeof event.Action === 'string' ? event : null
  } catch {
    return null
  }
}
