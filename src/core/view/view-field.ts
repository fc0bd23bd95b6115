/** A field of the address that belongs to one view: its parameter, in the fragment, and how its value is read and written. */
export interface ViewField<T = unknown> {
  /** Name of the parameter; no other field has it. */
  key: string
  default: T
  /** The value a text stands for, or undefined when it is none. */
  parse(text: string): T | undefined
  /** The text of a value, or null for the default. */
  format(value: T): string | null
}

/** Values by the keys of their fields; fields at their default are left out. */
export type FieldValues = Readonly<Record<string, unknown>>

export function fieldValue<T>(values: FieldValues, field: ViewField<T>): T {
  // Only withField and the field's own parse put a value there.
  return Object.hasOwn(values, field.key) ? (values[field.key] as T) : field.default
}

export function withField<T>(values: FieldValues, field: ViewField<T>, value: T): FieldValues {
  const { [field.key]: _, ...rest } = values
  return field.format(value) === null ? rest : { ...rest, [field.key]: value }
}

export const textField = (key: string, longest: number): ViewField<string> => ({
  key,
  default: '',
  parse: (text) => (text.length <= longest ? text : undefined),
  format: (value) => (value === '' ? null : value),
})

/** One of a list, the first where nothing else is said. */
export const choiceField = <T extends string>(key: string, choices: readonly [T, ...T[]]): ViewField<T> => ({
  key,
  default: choices[0],
  parse: (text) => choices.find((choice) => choice === text),
  format: (value) => (value === choices[0] ? null : value),
})

/** A row, from 0; -1 = none. */
export const rowField = (key: string): ViewField<number> => ({
  key,
  default: -1,
  parse: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
  format: (value) => (value < 0 ? null : String(value)),
})

/** Names with commas between them: at most `most` names of `longest` characters, without commas of their own. */
export const namesField = (key: string, most: number, longest: number): ViewField<readonly string[]> => ({
  key,
  default: [],
  parse: (text) => {
    const names = text.split(',')
    return names.length <= most && names.every((name) => name !== '' && name.length <= longest) ? names : undefined
  },
  format: (value) => (value.length === 0 ? null : value.join(',')),
})
