/**
 * Go symbol names taken apart: package path, receiver, function, closure. Types in brackets may hold
 * dots, slashes and quotes ("Map[go.shape.struct { A string "json:\"a/b\"" }]"), so nothing is ever
 * split inside them.
 */

export interface GoName {
  full: string
  /** Import path with escapes undone ("gopkg.in/yaml.v3"), '' where the name has none (C, assembly, `[binary]`). */
  packagePath: string
  /** Last element of the path, with the one before when the last is a version: "json/v2". */
  shortPackage: string
  /** "(*conn)" or "Value", '' for plain functions. */
  receiver: string
  /** "serve"; of a closure the function it was written in. */
  func: string
  /** ".func1.2", ".gowrap1", "-fm", '' when it is not a closure. */
  closure: string
}

export type Family = 'user' | 'dep' | 'std' | 'runtime' | 'native'

/** A label and how many of its first letters are the package prefix, which is drawn lighter. */
export interface NameLabel {
  text: string
  prefix: number
}

/** Assembly routines of the Go runtime whose symbols carry no package. */
export const BARE_RUNTIME: ReadonlySet<string> = new Set([
  'aeshashbody',
  'callRet',
  'cmpbody',
  'countbody',
  'debugCall32',
  'gcWriteBarrier',
  'gogo',
  'gosave_systemstack_switch',
  'indexbytebody',
  'indexbody',
  'memeqbody',
  'setg_gcc',
])

/** First elements of the import paths of the standard library; no other path may begin with one of them alone. */
export const STANDARD_ROOTS: ReadonlySet<string> = new Set(
  (
    'archive bufio builtin bytes cmp compress container context crypto database debug embed encoding errors expvar ' +
    'flag fmt go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime ' +
    'slices sort strconv strings structs sync syscall testing text time type unicode unique unsafe vendor weak'
  ).split(' '),
)

const open = '[({'
const close = '])}'

/** Walks `text` and reports every position outside brackets and quotes; stops when `visit` says true. */
function scanOutside(text: string, from: number, visit: (ch: string, at: number) => boolean): void {
  let depth = 0
  let quoted = false
  for (let i = from; i < text.length; i++) {
    const ch = text[i] as string
    if (quoted) {
      if (ch === '\\') i++
      else if (ch === '"') quoted = false
    } else if (ch === '"' && depth > 0) quoted = true
    else if (open.includes(ch)) depth++
    else if (close.includes(ch)) depth = Math.max(0, depth - 1)
    else if (depth === 0 && visit(ch, i)) return
  }
}

/** Undoes the linker's escapes in the last element of an import path: "yaml%2ev3" -> "yaml.v3". */
function unescapePath(path: string): string {
  if (!path.includes('%')) return path
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => {
    try {
      return decodeURIComponent(bytes)
    } catch {
      return bytes
    }
  })
}

const none: readonly string[] = []

/** How else a name is written on screen than in the file: escapes undone, type arguments left out as in boxes. */
export function readings(full: string): readonly string[] {
  const plain = unescapePath(full)
  const elided = plain.lastIndexOf('[') > 0 ? elideTypes(plain) : plain
  if (plain === full) return elided === full ? none : [elided]
  return elided === plain ? [plain] : [plain, elided]
}

/** What C compilers append: foo.constprop.0, bar.cold */
const cSuffix = /\.(constprop|isra|part|cold|lto_priv|llvm|plt)(\.\d+)*$/

/**
 * What the linker leaves of an import path: other letters are escaped. Names of other languages hold blanks, "$", ":"
 * or the address of a class that was made up while the program ran: "App$$Lambda$12/0x800.run".
 */
const importPath = /^(?!.*\/0x)[\w\-.~+=@%]+(\/[\w\-.~+=@%]+)*$/

/**
 * Where the package path ends: the first dot after the last slash, both before the first bracket, which
 * holds types or a receiver. -1 for names that are not Go's.
 */
function packageEnd(full: string): number {
  // type:.eq.github.com/a/b.T: made by the compiler, the path belongs to the type.
  if (full.startsWith('type:.') || full.startsWith('type..')) return 5
  const bracket = full.search(/[[({<]/)
  const head = bracket < 0 ? full : full.slice(0, bracket)
  const slash = head.lastIndexOf('/')
  const end = head.indexOf('.', slash + 1)
  if (end <= 0 || !importPath.test(head.slice(0, end))) return -1
  return (slash < 0 && cSuffix.test(full)) || isForeign(full, bracket) ? -1 : end
}

/** C++ and Rust names have "::" outside brackets. */
function isForeign(full: string, from: number): boolean {
  if (from < 0 || !full.includes('::')) return false
  let foreign = false
  scanOutside(full, from, (ch, at) => {
    foreign = ch === ':' && full[at + 1] === ':'
    return foreign
  })
  return foreign
}

const closurePart = /^(func\d+|gowrap\d+|deferwrap\d+|\d+)(-range\d+|-fm)*$/

/** Splits what follows the package into receiver, function and closure. */
function splitFunction(rest: string): { receiver: string; func: string; closure: string } {
  const parts: string[] = []
  let from = 0
  scanOutside(rest, 0, (ch, at) => {
    if (ch === '.') {
      parts.push(rest.slice(from, at))
      from = at + 1
    }
    return false
  })
  parts.push(rest.slice(from))
  let tail = parts.length
  while (tail > 1 && closurePart.test(parts[tail - 1] as string)) tail--
  // init.0 is a function of its own: the number tells several init functions of one package apart.
  if (tail === 1 && parts[0] === 'init' && /^\d+$/.test(parts[1] ?? '')) tail = 2
  let closure = tail < parts.length ? `.${parts.slice(tail).join('.')}` : ''
  const head = parts.slice(0, tail)
  let last = head[head.length - 1] as string
  const suffix = /(-range\d+|-fm)+$/.exec(last)
  if (suffix) {
    closure = suffix[0] + closure
    last = last.slice(0, suffix.index)
    head[head.length - 1] = last
  }
  const isInit = head.length === 2 && head[0] === 'init'
  const isGlob = head[0] === 'glob' && head[1] === ''
  if (head.length < 2 || isInit || isGlob) return { receiver: '', func: head.join('.'), closure }
  return { receiver: head[0] as string, func: head.slice(1).join('.'), closure }
}

/** Takes a Go symbol apart. Names that are not Go's keep everything in `func`. */
export function parseGoName(full: string): GoName {
  const end = packageEnd(full)
  if (end < 0) return { full, packagePath: '', shortPackage: '', receiver: '', func: full, closure: '' }
  const packagePath = unescapePath(full.slice(0, end))
  const rest = full.slice(end + 1)
  if (packagePath === 'type:' || packagePath === 'type.') {
    return { full, packagePath, shortPackage: packagePath, receiver: '', func: rest, closure: '' }
  }
  return { full, packagePath, shortPackage: shorten(packagePath), ...splitFunction(rest) }
}

function shorten(path: string): string {
  const elements = path.split('/')
  const last = elements[elements.length - 1] as string
  return elements.length > 1 && /^v\d+$/.test(last) ? `${elements[elements.length - 2]}/${last}` : last
}

/** Import path of a symbol, '' where it has none. */
export function packageOf(full: string): string {
  const end = packageEnd(full)
  return end < 0 ? '' : unescapePath(full.slice(0, end))
}

/** Type arguments longer than a few letters say little in a box: "SortFunc[…]". */
function elideTypes(text: string): string {
  let out = ''
  let depth = 0
  for (const ch of text) {
    if (ch === '[') {
      if (depth === 0) out += '[…]'
      depth++
    } else if (ch === ']') depth = Math.max(0, depth - 1)
    else if (depth === 0) out += ch
  }
  return out
}

/** Labels from the longest to the shortest, each shorter than the one before, with the length of the package prefix. */
export function nameLabels(full: string): NameLabel[] {
  const name = parseGoName(full)
  const own = name.func + name.closure
  const local = name.receiver ? `${name.receiver}.${own}` : own
  const labels: NameLabel[] = []
  const add = (qualifier: string, text: string): void => {
    const label = qualifier ? `${qualifier}.${text}` : text
    const before = labels[labels.length - 1]
    if (!before || label.length < before.text.length) {
      labels.push({ text: label, prefix: qualifier ? qualifier.length + 1 : 0 })
    }
  }
  add(name.packagePath, local)
  if (!name.packagePath) return labels
  add(name.packagePath, elideTypes(local))
  add(name.shortPackage, elideTypes(local))
  add('', elideTypes(local))
  add('', elideTypes(own))
  return labels
}

/** The texts of `nameLabels`: full path, last path element, without package, method alone. */
export function labelForms(full: string): string[] {
  return nameLabels(full).map((label) => label.text)
}

/** Name with the short package, for crumbs and lists: "json/v2.makeMapArshaler.func3". */
export function shortName(full: string): string {
  const labels = nameLabels(full)
  const { packagePath, shortPackage } = parseGoName(full)
  if (!packagePath) return full
  return labels.find((label) => label.prefix === shortPackage.length + 1)?.text ?? (labels[0] as NameLabel).text
}

/**
 * Whose code it is. `own`: import paths below which all is the user's own (own-paths.ts); package main always is.
 */
export function familyOf(full: string, own: readonly string[]): Family {
  const path = packageOf(full)
  return path === '' ? (BARE_RUNTIME.has(full) ? 'runtime' : 'native') : packageFamily(path, own)
}

/** The same for an import path. */
function packageFamily(path: string, own: readonly string[]): Family {
  if (isOwnPackage(path, own)) return 'user'
  if (path === 'runtime' || path === 'type:' || path === 'type.' || path === 'go') return 'runtime'
  if (path.startsWith('internal/runtime/') || path.startsWith('runtime/internal/')) return 'runtime'
  return (path.split('/')[0] as string).includes('.') ? 'dep' : 'std'
}

/** Whether an import path is package main, one of `own`, below one of them, or holds tests of one from outside. */
export function isOwnPackage(path: string, own: readonly string[]): boolean {
  if (path === 'main' || path === 'command-line-arguments') return true
  return own.some((prefix) => path.startsWith(prefix) && /^($|\/|_test$)/.test(path.slice(prefix.length)))
}

/** Import paths as people type them, with commas or spaces between; null where one cannot be an import path. */
export function readImportPaths(text: string): string[] | null {
  const paths = text.split(/[\s,]+/).flatMap((path) => path.replace(/\/(\.\.\.)?$/, '') || [])
  // What the go command takes (module.CheckImportPath), and no more than a link holds.
  const right = paths.length <= 16 && paths.every((path) => /^[\w~.+-]+(\/[\w~.+-]+)*$/.test(path))
  return right ? [...new Set(paths)].sort() : null
}
