/**
 * What a box is called when it does not stand for a function: lines are "main.f /src/a.go:12", addresses have the
 * number before that, files and packages are paths. Labels, short names, colours and patterns go by the parts.
 */
import { type NameLabel, nameLabels, shortName } from '../model/go-name.ts'
import type { Granularity, QuerySpec } from '../query/query-spec.ts'
import { escapePattern, pathPattern } from '../view/presets.ts'

interface KeyName {
  /** The function, '' where the name holds none. */
  code: string
  /** File and line as they stand in the name, '' = none. */
  place: string
}

/** Type arguments hold spaces, paths seldom do: the place begins at the last space outside brackets. */
export function splitKeyName(name: string, granularity: Granularity): KeyName {
  if (granularity === 'functions') return { code: name, place: '' }
  if (granularity === 'files') return { code: '', place: name }
  if (granularity === 'packages') return { code: `${name}.`, place: '' }
  const text = granularity === 'addresses' ? name.replace(/^[0-9a-f]{16} /, '') : name
  // A function without a name leaves its place alone.
  if (granularity !== 'filefunctions' && /^\S+?(:\d+){1,2}$/.test(text)) return { code: '', place: text }
  const at = /^(?:[^\s[\]{}()]|\[.*\]|\(.*\)|\{.*\})* /.exec(text)
  return at ? { code: text.slice(0, at[0].length - 1), place: text.slice(at[0].length) } : { code: text, place: '' }
}

const lastPart = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** From the longest to the shortest, as nameLabels does for functions. */
export function keyLabels(name: string, granularity: Granularity): NameLabel[] {
  if (granularity === 'functions') return nameLabels(name)
  const { code, place } = splitKeyName(name, granularity)
  if (granularity === 'packages' || code === '') {
    const path = place || name
    const parts = path.split('/')
    const tails = [path, parts.slice(-3).join('/'), parts.slice(-2).join('/'), parts.slice(-1).join('/')]
    return tails
      .filter((tail, i) => i === 0 || tail.length < (tails[i - 1] as string).length)
      .map((text) => ({ text, prefix: text.length - lastPart(text).length }))
  }
  const line = lastPart(place)
  const labels = nameLabels(code)
  return [...labels.map(({ text, prefix }) => ({ text: `${text} ${line}`, prefix })), ...labels.slice(-1)]
}

/** For crumbs, chips and links. */
export function shortKeyName(name: string, granularity: Granularity): string {
  if (granularity === 'functions') return shortName(name)
  if (granularity === 'packages') return name
  const { code, place } = splitKeyName(name, granularity)
  return [code === '' ? '' : shortName(code), lastPart(place)].filter((part) => part !== '').join(' ')
}

/** The expression for pprof's filters that finds what the name stands for and nothing else, as far as they can tell. */
export function patternFor(
  name: string,
  spec: Pick<QuerySpec, 'granularity' | 'trimPath' | 'mergeGenerics' | 'mergeClosures'>,
): string {
  const { granularity, trimPath, mergeGenerics, mergeClosures } = spec
  if (granularity === 'packages') return `^${pathPattern(name)}\\.`
  const { code, place } = splitKeyName(name, granularity)
  // Filters see the whole path.
  if (code === '') return `${trimPath === '' ? '^' : '(^|/)'}${escapePattern(place.replace(/(:\d+){1,2}$/, ''))}$`
  let text = escapePattern(code)
  if (mergeGenerics) text = text.replaceAll('\\[\\.\\.\\.\\]', '\\[.*\\]')
  return `^${text}${mergeClosures ? '(\\.(func|gowrap|deferwrap)?\\d.*|-.*)?' : ''}$`
}
