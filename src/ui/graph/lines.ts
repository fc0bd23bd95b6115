/** The vertical half of the view: lines, scrolling, and which end the root is at. */
import type { Frame } from '../../draw/scene.ts'

/** Space around the boxes, so that rings and outlines are never cut. */
export const side = 12
export const padTop = 3
export const padBottom = 10

export class Lines {
  flipped = false
  /** How far the content is scrolled, in px; kept here because asking the page may make it lay out again. */
  scrollTop: number = 0
  /** How much of the end away from the root lies under something else, in px. */
  covered = 0
  /** There are more lines than the view shows. */
  overflows = false
  private height = 0

  constructor(
    private readonly scroller: HTMLElement,
    private readonly content: HTMLElement,
    private readonly frame: Frame,
  ) {}

  rowHeight(): number {
    return Math.abs(this.frame.step)
  }

  /** Top of a line on the canvas. */
  top(line: number): number {
    return this.topInContent(line) - this.scrollTop
  }

  /** Top of a line in the scrolled content. */
  topInContent(line: number): number {
    const h = this.rowHeight()
    return this.flipped ? this.height - padTop - (line + 1) * h : padTop + line * h
  }

  /** Makes the content as high as its lines; answers whether that is another height. */
  fit(lines: number): boolean {
    const needed = padTop + lines * this.rowHeight() + padBottom
    this.overflows = needed > this.frame.height
    const height = Math.max(this.frame.height, needed + this.covered)
    if (height === this.height) return false
    const grown = height - this.height
    this.height = height
    this.content.style.height = `${height}px`
    // With the root at the bottom everything hangs on the lower edge.
    if (this.flipped) this.scroller.scrollTop = this.scrollTop + grown
    this.read()
    return true
  }

  read(): void {
    this.scrollTop = this.scroller.scrollTop
  }

  /** Whether there is something more in this direction. */
  canScroll(px: number): boolean {
    if (px === 0) return false
    return px < 0 ? this.scrollTop > 0 : this.scrollTop + this.frame.height < this.height - 1
  }

  /** Scrolls by so much; false when there is nothing more in this direction. */
  scrollBy(px: number): boolean {
    if (!this.canScroll(px)) return false
    this.scroller.scrollTop += px
    return true
  }

  showRoot(): void {
    this.scroller.scrollTop = this.flipped ? this.height : 0
    this.read()
  }

  /** How far the view is scrolled away from the root, in px. */
  fromRoot(): number {
    return this.flipped ? this.height - this.frame.height - this.scrollTop : this.scrollTop
  }

  /** Scrolls a line into view, with a little of what is around it. */
  reveal(line: number): void {
    const top = this.top(line)
    const h = this.rowHeight()
    const margin = h * 2
    const from = margin + (this.flipped ? this.covered : 0)
    const to = this.frame.height - margin - (this.flipped ? 0 : this.covered)
    if (top < from) this.scrollBy(top - from)
    else if (top + h > to) this.scrollBy(top + h - to)
  }

  /** Scrolls a line into the middle of the view. */
  center(line: number): void {
    this.scrollBy(this.top(line) - (this.frame.height - this.rowHeight()) / 2)
    this.read()
  }

  /** Writes where lines lie into the frame, `rise` px off, and answers the first and last visible line. */
  place(rise: number): { first: number; last: number } {
    const { frame } = this
    frame.step = this.flipped ? -this.rowHeight() : this.rowHeight()
    frame.top = this.top(0) + rise
    frame.moreAbove = this.scrollTop > 1
    frame.moreBelow = this.scrollTop + frame.height < this.height - 1
    const first = this.flipped ? (frame.height - frame.top) / frame.step : -frame.top / frame.step
    return { first: Math.max(0, Math.floor(first) - 1), last: Math.ceil(first + frame.height / this.rowHeight()) + 1 }
  }
}
