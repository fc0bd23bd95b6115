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

/** Marks that reorder or hide text would let a name draw over its neighbours or look like another. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A name as it is drawn: every letter of it can be seen. */
export function drawable(text: string): string {
  return text.replace(unseen, '�')
}

/** Fits names into widths and remembers the answers by function and whole px. */
export class LabelFitter {
  private readonly forms = new Map<number, NameLabel[]>()
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
    if (this.fitted.size >= cacheLimit) this.fitted.clear()
    const forms = this.formsOf(func)
    if (!forms) return null
    const label = fitLabel(forms, px, this.measure)
    this.fitted.set(id, label)
    return label
  }

  private formsOf(func: number): NameLabel[] | null {
    let forms = this.forms.get(func)
    if (!forms) {
      if (this.allowance <= 0) {
        this.starved = true
        return null
      }
      this.allowance--
      forms = nameLabels(drawable(this.nameOf(func)))
      this.forms.set(func, forms)
    }
    return forms
  }
}

/** The first of `forms` (longest first) that fits, else the last one cut with an ellipsis, else null. */
export function fitLabel(forms: readonly NameLabel[], room: number, measure: TextMeasure): FittedLabel | null {
  for (const { text, prefix } of forms) {
    if (text.length * narrowest > room) continue
    const width = measure.width(text)
    if (width > room) continue
    return { text, prefix, width, prefixWidth: prefix > 0 ? measure.width(text.slice(0, prefix)) : 0 }
  }
  const shortest = forms[forms.length - 1]
  if (!shortest) return null
  let width = measure.advance('…')
  let letters = 0
  let text = ''
  for (const letter of shortest.text) {
    const more = measure.advance(letter)
    if (width + more > room) break
    width += more
    text += letter
    letters++
  }
  if (letters < leastLetters) return null
  return { text: `${text}…`, prefix: Math.min(shortest.prefix, text.length), width, prefixWidth: 0 }
}
