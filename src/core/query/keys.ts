/**
 * What a box stands for: every frame has a key, and frames of one key are one row, node or box. With functions the
 * keys are the rows of the function table; every other granularity has a table of its own, named as pprof prints it.
 */
import { parseGoName } from '../model/go-name.ts'
import type { Profile } from '../model/profile.ts'
import { foldNames } from './folded-names.ts'
import { type Keyed, type KeySpec, textKeys } from './key-table.ts'
import { partKeys } from './part-keys.ts'

export function keyFrames(profile: Profile, spec: KeySpec): Keyed {
  const folds = spec.mergeGenerics || spec.mergeClosures
  const symbol = folds ? foldNames(profile, spec) : { strings: profile.strings, of: profile.functions.symbol }
  if (spec.granularity === 'functions' && !folds) return functionKeys(profile)
  if (spec.granularity === 'packages') return packageKeys(profile)
  return partKeys(profile, symbol, spec)
}

function functionKeys(profile: Profile): Keyed {
  const { functions, frames, strings } = profile
  const frameKey = new Int32Array(frames.length)
  for (let f = 0; f < frameKey.length; f++) frameKey[f] = functions.symbol[frames.func[f]]
  const { length, name, hash, symbol } = functions
  const none = new Int32Array(length)
  return {
    frameKey,
    keys: { length, strings, name, hash, perFunction: true, func: symbol, file: none, line: none, column: none },
  }
}

/** Import paths; code without one (C, assembly, binaries) keeps its own name. */
function packageKeys(profile: Profile): Keyed {
  const { frames, functions, strings } = profile
  const rows = new Map<string, number>()
  const texts: string[] = []
  const ofFunction = new Int32Array(functions.length)
  for (let f = 0; f < functions.length; f++) {
    if (functions.symbol[f] !== f) {
      ofFunction[f] = ofFunction[functions.symbol[f]]
      continue
    }
    const full = strings.get(functions.name[f])
    const name = parseGoName(full).packagePath || full
    let row = rows.get(name)
    if (row === undefined) {
      row = texts.length
      rows.set(name, row)
      texts.push(name)
    }
    ofFunction[f] = row
  }
  return { frameKey: frames.func.map((f) => ofFunction[f]), keys: textKeys(texts) }
}
