/** Which form of a name fits into a box. Pure: widths come from outside. */
import { type NameLabel, nameLabels } from '../model/go-name.ts'

export interface TextMeasure {
  /** Width of a text in CSS px. */
  width(text: string): number
  /** Width of one letter alone; used to cut, where being a fraction of a px off does no harm. */
  advance(letter: string): number
}

export interface FittedLabel {
  text: string
  /** How many letters at the beginning are the package prefix. */
  prefix: number
  width: number
  prefixWidth: number
}

const leastLetters = 3
/** No letter of a label is narrower than this on average; saves measuring names that cannot fit. */
const narrowest = 2
const cacheLimit = 20_000
/** A cut label is never longer than the widest screen. */
const longestCut = 2_000

/** Marks that reorder or hide text would let a name draw over its neighbours or look like another. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A name as it is drawn: every letter of it can be seen. */
export function drawable(text: string): string {
  return text.replace(unseen, '�')
}

/** The forms of one name with what has been measured of them; a zoom asks for many widths of the same few names. */
class Forms {
  /** Width of each form, NaN = not measured. */
  private readonly widths: Float64Array
  /** Width of the first n letters of the last form with an ellipsis; empty = not measured. */
  private cuts: number[] = []
  private letters: string[] = []

  constructor(
    private readonly labels: readonly NameLabel[],
    private readonly measure: TextMeasure,
  ) {
    this.widths = new Float64Array(labels.length).fill(Number.NaN)
  }

  /** The first form that fits, else the last one cut with an ellipsis, else null. */
  fit(room: number): FittedLabel | null {
    for (let i = 0; i < this.labels.length; i++) {
      const { text, prefix } = this.labels[i]
      if (text.length * narrowest > room) continue
      if (Number.isNaN(this.widths[i])) this.widths[i] = this.measure.width(text)
      const width = this.widths[i]
      if (width > room) continue
      return { text, prefix, width, prefixWidth: prefix > 0 ? this.measure.width(text.slice(0, prefix)) : 0 }
    }
    return this.cut(room)
  }

  private cut(room: number): FittedLabel | null {
    const shortest = this.labels[this.labels.length - 1]
    if (!shortest) return null
    if (this.letters.length === 0) {
      this.letters = [...shortest.text.slice(0, longestCut)]
      let width = this.measure.advance('…')
      this.cuts = this.letters.map((letter) => {
        width += this.measure.advance(letter)
        return width
      })
    }
    let n = 0
    while (n < this.cuts.length && this.cuts[n] <= room) n++
    if (n < leastLetters) return null
    const text = this.letters.slice(0, n).join('')
    return {
      text: `${text}…`,
      prefix: Math.min(shortest.prefix, text.length),
      width: this.cuts[n - 1],
      prefixWidth: 0,
    }
  }
}

/** Fits names into widths and remembers the answers by function and whole px. */
export class LabelFitter {
  private readonly forms = new Map<number, Forms>()
  private readonly fitted = new Map<number, FittedLabel | null>()
  private allowance = Number.POSITIVE_INFINITY
  /** True when a label was left out because the allowance was used up. */
  starved = false

  constructor(
    private readonly measure: TextMeasure,
    private readonly nameOf: (func: number) => string,
  ) {}

  /** From now on at most this many functions seen for the first time get a label: measuring text is slow. */
  allow(newFunctions: number): void {
    this.allowance = newFunctions
    this.starved = false
  }

  /** The longest form of a function's name that fits into `room` px, or null when not even three letters do. */
  fit(func: number, room: number): FittedLabel | null {
    const px = Math.min(4095, Math.floor(room))
    if (px <= 0) return null
    const id = func * 4096 + px
    const known = this.fitted.get(id)
    if (known !== undefined) return known
    const forms = this.formsOf(func)
    if (!forms) return null
    if (this.fitted.size >= cacheLimit) this.fitted.clear()
    const label = forms.fit(px)
    this.fitted.set(id, label)
    return label
  }

  private formsOf(func: number): Forms | null {
    let forms = this.forms.get(func)
    if (!forms) {
      if (this.allowance <= 0) {
        this.starved = true
        return null
      }
      this.allowance--
      forms = new Forms(nameLabels(drawable(this.nameOf(func))), this.measure)
      this.forms.set(func, forms)
    }
    return forms
  }
}
