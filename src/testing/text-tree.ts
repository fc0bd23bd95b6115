/** Call trees written as folded text, for tests: one stack per line, "main;work;malloc 30". */
import { nameHash } from '../core/model/name-hash.ts'
import { packStrings, Strings } from '../core/model/strings.ts'
import { type CallTree, REST, ROOT } from '../core/query/call-tree.ts'

export interface TextTree {
  tree: CallTree
  names: Strings
  files: Strings
  /** As ProfileInfo.hash. */
  hash: Int32Array
  /** Row of the path "main;work", -1 when there is none. */
  row(path: string): number
}

interface Node {
  name: string
  self: number
  children: Map<string, Node>
}

/** Sums over each node's subtree: of values as they are, and of their absolute values. */
function weigh(root: Node): Map<Node, { sum: number; width: number }> {
  const weights = new Map<Node, { sum: number; width: number }>()
  const visit = (node: Node) => {
    const weight = { sum: node.self, width: Math.abs(node.self) }
    for (const child of node.children.values()) {
      const below = visit(child)
      weight.sum += below.sum
      weight.width += below.width
    }
    weights.set(node, weight)
    return weight
  }
  visit(root)
  return weights
}

/**
 * Builds the tree, widest siblings first. A frame named "*5" becomes a REST row that stands for five
 * boxes; a name that ends in "~" is inlined (the mark is not part of the name).
 */
export function textTree(text: string): TextTree {
  const root: Node = { name: '', self: 0, children: new Map() }
  for (const line of text.trim().split('\n')) {
    const at = line.trimEnd().lastIndexOf(' ')
    let node = root
    for (const name of line.slice(0, at).trim().split(';')) {
      let child = node.children.get(name)
      if (!child) {
        child = { name, self: 0, children: new Map() }
        node.children.set(name, child)
      }
      node = child
    }
    node.self += Number(line.slice(at + 1))
  }

  const weights = weigh(root)
  const weight = (node: Node) => weights.get(node)?.width ?? 0
  const sum = (node: Node) => weights.get(node)?.sum ?? 0
  const rows: { node: Node; parent: number; depth: number; start: number; end: number }[] = []
  const visit = (node: Node, parent: number, depth: number, start: number): void => {
    const at = rows.length
    const row = { node, parent, depth, start, end: 0 }
    rows.push(row)
    let x = start
    for (const child of [...node.children.values()].sort((a, b) => weight(b) - weight(a))) {
      visit(child, at, depth + 1, x)
      x += weight(child)
    }
    row.end = rows.length
  }
  visit(root, -1, 0, 0)

  const bare = (name: string) => name.replace(/~$/, '')
  const isRest = (name: string) => /^\*\d+$/.test(name)
  const list = [...new Set(rows.slice(1).map((row) => bare(row.node.name)))].filter((name) => !isRest(name))
  const funcs = new Map(list.map((name, i) => [name, i]))
  const hash = Int32Array.from(list, nameHash)
  const ints = (of: (row: (typeof rows)[number]) => number) => Int32Array.from(rows, of)
  const doubles = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, of)
  const key: number[] = []
  for (const row of rows) {
    const above = row.parent < 0 ? 17 : key[row.parent]
    key.push((above * 31 + nameHash(row.node.name)) % 2 ** 40)
  }
  const tree: CallTree = {
    length: rows.length,
    func: ints(({ node, parent }) =>
      parent < 0 ? ROOT : isRest(node.name) ? REST : (funcs.get(bare(node.name)) ?? ROOT),
    ),
    file: ints(() => -1),
    line: ints(() => 0),
    parent: ints((row) => row.parent),
    depth: ints((row) => row.depth),
    subtreeEnd: ints((row) => row.end),
    self: doubles((row) => row.node.self),
    total: doubles((row) => sum(row.node)),
    x: doubles((row) => row.start),
    width: doubles((row) => weight(row.node)),
    merged: ints(({ node }) => (isRest(node.name) ? Number(node.name.slice(1)) : 0)),
    inlined: Uint8Array.from(rows, ({ node }) => (node.name.endsWith('~') ? 1 : 0)),
    zoneHead: new Uint32Array(rows.length),
    hasFindings: true,
    sides: null,
    pathHash: Float64Array.from(key),
    root: 0,
    found: 0,
    complete: !rows.some((row) => isRest(row.node.name)),
    minWidth: 0,
    lo: 0,
    hi: weight(root),
  }
  const rowOf = (path: string): number => {
    let at = 0
    for (const name of path.split(';')) {
      at = rows.findIndex((row) => row.parent === at && bare(row.node.name) === name)
      if (at < 0) break
    }
    return at
  }
  return {
    tree,
    names: new Strings(packStrings(list)),
    files: new Strings(packStrings([])),
    hash,
    row: rowOf,
  }
}
