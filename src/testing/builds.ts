/** Profiles of several builds of one program. For tests. */
import type { Mapping, Profile } from '../core/model/profile.ts'
import { packStrings, Strings } from '../core/model/strings.ts'
import { foldedProfile } from './folded.ts'

const mapping = (buildId: string): Mapping => ({
  ...{ id: 1n, start: 0n, limit: 0n, offset: 0n, file: '/bin/app', buildId },
  ...{ hasFunctions: true, hasFilenames: true, hasLineNumbers: true, hasInlineFrames: true },
})

/** Stacks of one build. A function is in the file and at the line that stand behind its name: "main.work@work.go:12". */
export function build(buildId: string, ...lines: string[]): Profile {
  const profile = foldedProfile('cpu', lines)
  const texts = Array.from({ length: profile.strings.length }, (_, i) => profile.strings.get(i))
  const [files, at, names] = [new Map<string, number>(), [] as number[], [] as string[]]
  const file = new Int32Array(profile.functions.length)
  texts.forEach((text, i) => {
    const [name = '', place = ''] = text.split('@')
    const [path = '', line = '1'] = place.split(':')
    names[i] = name
    at[i] = Number(line)
    if (path !== '') files.set(path, files.get(path) ?? texts.length + files.size)
    if (i > 0) file[i - 1] = files.get(path) ?? 0
  })
  const strings = new Strings(packStrings([...names, ...files.keys()]))
  return {
    ...profile,
    strings,
    functions: { ...profile.functions, file },
    frames: { ...profile.frames, line: Int32Array.from(profile.functions.name, (row) => at[row] ?? 1) },
    locations: { ...profile.locations, mapping: new Int32Array(profile.locations.length) },
    meta: { ...profile.meta, mappings: [mapping(buildId)] },
  }
}
