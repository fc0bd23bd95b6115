/**
 * The same boxes as real elements, for screen readers and for the keyboard: transparent treeitems over the
 * drawn boxes. Rebuilt when the camera rests, never while it moves.
 */
import type { BoxName } from '../../core/layout/box-name.ts'
import { FOLD, RUN } from '../../core/layout/boxes.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { isOfBase } from '../../state/store.ts'
import type { Words } from '../words/en.ts'
import type { GraphLayout } from './graph-layout.ts'
import type { Look } from './look.ts'
import type { MarkedBoxes } from './marked-boxes.ts'

/** Boxes this wide carry a label and get an item. */
const minItem = 30
const mostItems = 400

interface Item {
  el: HTMLElement
  /** Index in GraphLayout.all. */
  index: number
  name: BoxName
}

export class ItemTree {
  private items = new Map<string, Item>()
  private byElement = new WeakMap<Element, Item>()
  private readonly stop = new AbortController()

  words!: Words['graph']

  constructor(
    private readonly tree: HTMLElement,
    private readonly layout: GraphLayout,
    private readonly look: Look,
    private readonly marks: MarkedBoxes,
    /** Whether the reader used the keyboard last. */
    byKey: () => boolean,
  ) {
    const { signal } = this.stop
    tree.addEventListener(
      'focusin',
      (event) => {
        const item = event.target instanceof Element ? this.byElement.get(event.target) : undefined
        if (item) {
          marks.focusChanged(item.name, byKey())
          this.rove(item)
        }
      },
      { signal },
    )
    tree.addEventListener(
      'focusout',
      (event) => {
        if (!(event.relatedTarget instanceof Node) || !tree.contains(event.relatedTarget))
          marks.focusChanged(null, false)
      },
      { signal },
    )
  }

  destroy(): void {
    this.stop.abort()
  }

  /** Index in `all` of an item's box, -1 when the element is none. */
  indexOf(target: EventTarget | null): number {
    return target instanceof Element ? (this.byElement.get(target)?.index ?? -1) : -1
  }

  /** Gives the real focus to a box of `all`, making its item when it has none. */
  focusBox(i: number): void {
    const key = this.keyOf(i)
    let item = this.items.get(key)
    if (!item) {
      item = this.make(i)
      this.items.set(key, item)
      this.fill(item, i)
      this.tree.append(item.el)
    }
    this.rove(item)
    item.el.focus({ preventScroll: true })
    this.addAround(i)
  }

  markSelected(): void {
    const { selected } = this.marks
    for (const { el, name } of this.items.values()) {
      el.ariaSelected = String(selected !== null && selected.pathHash === name.pathHash && selected.run === name.run)
    }
  }

  /** Items for the labelled boxes, and for the focused one with its callers and callees. */
  rebuild(): void {
    const { tree: parent } = this
    const { all, tree } = this.layout
    const wanted = new Set<number>()
    const focus = this.marks.focusIndex()
    for (const i of this.around(focus)) wanted.add(i)
    // Wide boxes first: with too many of them, the narrow ones go without.
    let least = minItem
    let count = 0
    for (let i = 0; i < all.length; i++) if (all.w[i] >= least) count++
    while (count > mostItems) {
      least *= 1.5
      count = 0
      for (let i = 0; i < all.length; i++) if (all.w[i] >= least) count++
    }
    for (let i = 0; i < all.length; i++) if (all.w[i] >= least) wanted.add(i)

    const kept = new Map<string, Item>()
    const order = [...wanted].sort((a, b) => a - b)
    const setSizes = new Map<number, number[]>()
    for (const i of order) {
      const caller = tree.parent[all.row[i]]
      if (!setSizes.has(caller)) setSizes.set(caller, this.siblings(i))
    }
    for (const i of order) {
      const key = this.keyOf(i)
      const item = this.items.get(key) ?? this.make(i)
      this.fill(item, i, setSizes.get(tree.parent[all.row[i]]))
      kept.set(key, item)
    }
    const focused = document.activeElement
    for (const [key, item] of this.items) {
      if (kept.has(key)) continue
      // The box that had the focus is out of sight: the focus moves to where walking would begin.
      if (item.el === focused) {
        const next = kept.get(this.keyOf(focus))
        if (next && !next.el.isConnected) parent.append(next.el)
        next?.el.focus({ preventScroll: true })
      }
      item.el.remove()
    }
    this.items = kept
    let before: Element | null = parent.firstElementChild
    for (const { el } of kept.values()) {
      // Moving the element that has the focus would take it away, so the others move around it.
      while (el === focused && before && before !== el) {
        const next: Element | null = before.nextElementSibling
        parent.append(before)
        before = next
      }
      if (before === el) before = before.nextElementSibling
      else parent.insertBefore(el, before)
    }
    const current = kept.get(this.keyOf(focus))
    if (current) this.rove(current)
    this.markSelected()
  }

  /** The focused box, its callers and its callees. */
  private around(i: number): number[] {
    const { all, tree } = this.layout
    if (i < 0 || i >= all.length) return []
    const list = [i]
    let caller = tree.parent[all.row[i]]
    for (let j = i - 1; j >= 0 && caller >= 0; j--) {
      if (all.kind[j] === RUN || all.row[j] !== caller) continue
      list.push(j)
      caller = tree.parent[caller]
    }
    if (all.kind[i] === RUN) return list
    for (let j = i + 1, n = 0; j < all.length && n < 60; j++) {
      if (all.line[j] <= all.line[i]) break
      if (all.line[j] === all.line[i] + 1) {
        list.push(j)
        n++
      }
    }
    return list
  }

  private addAround(i: number): void {
    for (const j of this.around(i)) {
      const key = this.keyOf(j)
      if (this.items.has(key)) continue
      const item = this.make(j)
      this.items.set(key, item)
      this.fill(item, j)
      this.tree.append(item.el)
    }
  }

  /** Visible boxes with the same caller, left to right. */
  private siblings(i: number): number[] {
    const { all, tree } = this.layout
    const caller = tree.parent[all.row[i]]
    const list: number[] = []
    for (let j = 0; j < all.length; j++) {
      if (all.line[j] === all.line[i] && tree.parent[all.row[j]] === caller) list.push(j)
    }
    return list
  }

  private keyOf(i: number): string {
    const { all, tree } = this.layout
    const run = all.kind[i] === RUN && all.count[i] !== 1
    return `${run ? 'r' : 'b'}${tree.pathHash[all.row[i]]}`
  }

  private make(i: number): Item {
    const el = document.createElement('div')
    el.role = 'treeitem'
    el.tabIndex = -1
    const item: Item = { el, index: i, name: this.layout.nameOf(this.layout.all, i) }
    this.byElement.set(el, item)
    return item
  }

  private rove(item: Item): void {
    for (const { el } of this.items.values()) if (el !== item.el && el.tabIndex === 0) el.tabIndex = -1
    item.el.tabIndex = 0
  }

  private fill(item: Item, i: number, siblings = this.siblings(i)): void {
    const { layout } = this
    const { all, tree } = layout
    const { el } = item
    const row = all.row[i]
    item.index = i
    item.name = layout.nameOf(all, i)
    const { x, y, w, h } = layout.place(i)
    el.style.cssText = `left:${x}px;top:${y}px;width:${w}px;height:${h}px`
    el.ariaLabel = this.label(i)
    el.ariaLevel = String(tree.depth[row] + 1)
    el.ariaPosInSet = String(siblings.indexOf(i) + 1)
    el.ariaSetSize = String(siblings.length)
    const open = all.kind[i] !== RUN && row + 1 < tree.subtreeEnd[row]
    el.ariaExpanded = open ? 'true' : null
  }

  private label(i: number): string {
    const { layout, words } = this
    const { all, props } = layout
    const type = props.info.sampleTypes[props.sampleType]
    const unit = type?.unit ?? ''
    const details = layout.detailsAt(all, i)
    let name = details.name || words.unnamed
    if (details.kind === 'root') name = words.all
    if (details.kind === 'run') name = words.mergedName(details.count)
    const { sides } = details
    const [total, share] = [formatValue(details.total, unit), formatShare(details.ofTotal)]
    const more = sides && details.total > 0 ? '+' : ''
    const parts = [
      sides
        ? words.itemChanged(name, more + total, more + share, type !== undefined && isOfBase(type))
        : words.item(name, total, share),
    ]
    if (sides) parts.push(words.itemSides(formatValue(sides.base, unit), formatValue(sides.current, unit)))
    if (sides?.isNoise) parts.push(words.itemNoise)
    if (details.kind === 'box') parts.push(words.itemSelf(formatValue(details.self, unit)))
    if (all.kind[i] === FOLD) parts.push(words.callersAbove(all.count[i]))
    if (details.inlined) parts.push(words.itemInlined)
    const zone = details.kind === 'box' ? this.look.zoneNumber(layout.tree, all.row[i], props) : 0
    if (zone > 0) parts.push(words.itemZone(zone))
    return parts.join(', ')
  }
}
