/** Whose code a function is: the own module, a dependency by module and version, the standard library, the runtime, native code. */
import type { Family } from '../model/go-name.ts'
import { leastElements } from '../model/own-paths.ts'
import type { Profile } from '../model/profile.ts'

/** 'own', 'std', 'runtime', 'native', 'nameless', or the path of a module, with "@v1.2.3" where a file tells the version. */
export type OwnerId = string

export class Owners {
  /** Modules with their versions that files name, by their path. */
  private readonly modules = new Map<string, string>()

  constructor({ functions, strings }: Profile) {
    const seen = new Set<number>()
    for (let f = 0; f < functions.length; f++) {
      const file = functions.file[f]
      if (file === 0 || seen.has(file)) continue
      seen.add(file)
      const found = moduleOfFile(strings.get(file))
      if (found) this.modules.set(found.path, found.version)
    }
  }

  /** Of a package: its import path, and what familyOf() says of its functions. */
  of(path: string, family: Family): OwnerId {
    if (family === 'user') return 'own'
    return family === 'dep' ? this.moduleOf(path) : family
  }

  private moduleOf(path: string): OwnerId {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const version = this.modules.get(path.slice(0, end))
      if (version !== undefined) return `${path.slice(0, end)}@${version}`
    }
    // Vendored, or built where files say nothing: a module is a repository, with its major version behind it.
    const elements = path.split('/')
    const count = leastElements(elements)
    const major = /^v\d+$/.test(elements[count] ?? '') ? 1 : 0
    return elements.slice(0, count + major).join('/')
  }
}

/** "…/pkg/mod/github.com/!burnt!sushi/toml@v1.2.3/x.go", or without what is in front when built with -trimpath. */
function moduleOfFile(file: string): { path: string; version: string } | null {
  const found = /^(?:.*\/pkg\/mod\/)?([^@]+)@(v\d[^/]*)\//.exec(file.replaceAll('\\', '/'))
  if (!found) return null
  return { path: found[1].replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase()), version: found[2] }
}
