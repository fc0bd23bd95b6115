/** CSS modules and what uses them: a class that one side does not know would go unnoticed by the compiler. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const ui = import.meta.dirname

const files = readdirSync(ui, { recursive: true, encoding: 'utf8' }).map((path) => join(ui, path))
const modules = files.filter((path) => path.endsWith('.module.css'))

/** Classes that a module gives names of its own. */
function classesIn(css: string): Set<string> {
  const own = css.replace(/\/\*.*?\*\/|\{[^{}]*\}|:global\([^)]*\)/gs, ' ')
  return new Set([...own.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name]) => name ?? ''))
}

/** Of each module, the classes that some component takes from it. */
function classesUsed(): Map<string, Set<string>> {
  const used = new Map(modules.map((path) => [path, new Set<string>()]))
  for (const path of files.filter((path) => path.endsWith('.tsx'))) {
    const code = readFileSync(path, 'utf8')
    const body = code.replace(/^import .*$/gm, '')
    for (const [, name, from] of code.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)) {
      const names = used.get(join(dirname(path), from ?? ''))
      expect(names, `${path} imports ${from}`).toBeDefined()
      for (const [, taken] of body.matchAll(new RegExp(`(?<![\\w.])${name}\\.(\\w+)`, 'g'))) names?.add(taken ?? '')
    }
  }
  return used
}

test('components and CSS modules agree on the names of classes', () => {
  expect(modules.length).toBeGreaterThan(8)
  for (const [path, used] of classesUsed()) {
    const there = classesIn(readFileSync(path, 'utf8'))
    expect([...used].sort(), path).toEqual([...there].sort())
  }
})
