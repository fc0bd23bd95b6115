/**
 * Whose code a program is: the import paths of its own packages, read from the names and files of its functions.
 *
 * A file of a dependency lies in a vendor folder, in a folder with a version ("@v1.2.3") or, built by Bazel, below
 * "external"; one of the standard library lies in Go's own tree. What is left was checked out to be worked on. There,
 * an import path and its folder end alike: what is in front of the part they share is the module and the folder it was
 * checked out to ("github.com/prometheus/prometheus" in "/app"). Package main has no import path, but its folder is
 * below that of its module. A test binary's own code is the package under test, be it of the standard library.
 */
import { packageOf, STANDARD_ROOTS } from './go-name.ts'
import type { Profile } from './profile.ts'

/** Hosts whose repositories are named by owner and name. On others one element behind the host may be enough. */
const TWO_NAMES = /^(github\.com|bitbucket\.org|codeberg\.org|gitee\.com|golang\.org)$/
/** Folders inside of modules. */
const INNER_FOLDERS = new Set(['cmd', 'internal', 'pkg'])

/** A module, or what is certain to be part of one, and where it was checked out. */
interface Checkout {
  path: string
  root: string
  packages: string[]
}

/**
 * Import paths below which everything is the program's own, package main apart, which always is; none when files do
 * not tell. More than one only where the profile holds the main packages of several modules.
 */
export function ownPaths(profile: Profile): string[] {
  const { mains, folders, tested, goRoot } = sourceFolders(profile)
  const checkouts = new Map<string, Checkout>()
  const packageCheckout = new Map<string, string>()
  for (const [path, folder] of folders) {
    if (isStandard(path, folder, goRoot) || isDependency(path, folder)) continue
    const checkout = checkoutOf(path, folder)
    const id = `${checkout.path}\0${checkout.root}`
    const known = checkouts.get(id)
    if (known) known.packages.push(path)
    else checkouts.set(id, { ...checkout, packages: [path] })
    packageCheckout.set(path, id)
  }
  const found = new Set<string>()
  for (const folder of mains) {
    const own = nearest([...checkouts.values()], folder)
    const path = own ? commonPath(own, joined(own.path, folder.slice(own.root.length))) : importPath(folder)
    if (path !== '') found.add(path)
  }
  if (mains.length === 0 && tested.length > 0) {
    for (const path of tested) {
      const own = checkouts.get(packageCheckout.get(path) ?? '')
      found.add(own ? commonPath(own, path) : path)
    }
  } else if (mains.length === 0 && checkouts.size > 0) {
    const [only] = checkouts.keys()
    const own = checkouts.get(checkouts.size === 1 ? (only as string) : outermost(profile, packageCheckout))
    if (own) found.add(commonPath(own, own.packages[0]))
  }
  return [...found].filter((path) => ![...found].some((other) => path.startsWith(`${other}/`))).sort()
}

interface SourceFolders {
  /** Folders of files of package main, but for those that `go test` writes. */
  mains: string[]
  /** Import path → the folder that most of its files are in. */
  folders: Map<string, string>
  /** Import paths of packages that have files of tests. */
  tested: string[]
  /** What is in front of the import paths of Go's own packages, with a slash; null = unknown. */
  goRoot: string | null
}

function sourceFolders({ functions, strings }: Profile): SourceFolders {
  const mains = new Set<string>()
  const tested = new Set<string>()
  /** Import path → folder → its files. */
  const counts = new Map<string, Map<string, number>>()
  const known = new Uint8Array(strings.length)
  for (let f = 0; f < functions.length; f++) {
    // A file is of one package: its first function tells.
    const file = functions.file[f]
    if (file === 0 || known[file] === 1) continue
    const text = strings.get(file)
    const isTest = text.endsWith('_test.go')
    // Tests from outside are a package of their own beside the one under test.
    const name = packageOf(strings.get(functions.name[f]))
    const path = isTest ? name.replace(/_test$/, '') : name
    if (path === '' || path === 'type:' || path === 'type.') continue
    known[file] = 1
    const folder = folderPath(text)
    if (folder === '') continue
    if (isTest) tested.add(path)
    if (path === 'main') mains.add(folder)
    else {
      const of = counts.get(path) ?? new Map<string, number>()
      counts.set(path, of.set(folder, (of.get(folder) ?? 0) + 1))
    }
  }
  const folders = new Map<string, string>()
  for (const [path, of] of counts) {
    let most = 0
    for (const [folder, count] of of) {
      if (count <= most) continue
      most = count
      folders.set(path, folder)
    }
  }
  const runtime = folders.get('runtime')
  const goRoot = runtime?.endsWith('runtime') ? runtime.slice(0, -'runtime'.length) : null
  return { mains: [...mains], folders, tested: [...tested], goRoot }
}

/** Folder of a source file, '' when it has none: files that compilers make up ("<autogenerated>", "_testmain.go"). */
function folderPath(file: string): string {
  const path = file.replace(/\\/g, '/').replace(/^(\/proc\/self\/cwd\/|\.\/)/, '')
  return path.slice(0, Math.max(0, path.lastIndexOf('/'))).replace(/^bazel-out\/[^/]+\/bin\//, '')
}

function isStandard(path: string, folder: string, goRoot: string | null): boolean {
  if (!STANDARD_ROOTS.has(path.split('/')[0])) return false
  return goRoot === null || folder === goRoot + path
}

function isDependency(path: string, folder: string): boolean {
  if (/@v\d/.test(folder) || `/${folder}`.endsWith(`/vendor/${path}`)) return true
  const external = /(^|\/)external\//
  return external.test(folder) && !external.test(path)
}

/** How many elements the path of a module has at least. */
export function leastElements(elements: readonly string[]): number {
  if (!elements[0].includes('.')) return 1
  return Math.min(elements.length, TWO_NAMES.test(elements[0]) ? 3 : 2)
}

function checkoutOf(path: string, folder: string): Pick<Checkout, 'path' | 'root'> {
  const elements = path.split('/')
  const folders = folder.split('/')
  let shared = 0
  while (
    shared < elements.length &&
    shared < folders.length &&
    elements[elements.length - 1 - shared] === folders[folders.length - 1 - shared]
  ) {
    shared++
  }
  const kept = Math.max(elements.length - shared, leastElements(elements))
  const inner = elements.length - kept
  return { path: elements.slice(0, kept).join('/'), root: folders.slice(0, folders.length - inner).join('/') }
}

/** The checkout that a folder lies in: the one with the longest root. */
function nearest(checkouts: readonly Checkout[], folder: string): Checkout | undefined {
  const isAbsolute = folder.startsWith('/') || /^[A-Za-z]:/.test(folder)
  let best: Checkout | undefined
  for (const checkout of checkouts) {
    const { root } = checkout
    const holds = root === '' ? !isAbsolute : folder === root || folder.startsWith(`${root}/`)
    if (holds && (!best || root.length > best.root.length)) best = checkout
  }
  return best
}

/** What `importPath` and the packages of its checkout have in common, cut where the folders inside of a module begin. */
function commonPath({ path, packages }: Checkout, importPath: string): string {
  let common = importPath.split('/')
  if (TWO_NAMES.test(common[0])) return path
  for (const other of packages) {
    const elements = other.split('/')
    const differs = common.findIndex((element, i) => element !== elements[i])
    if (differs >= 0) common = common.slice(0, differs)
  }
  return moduleOf(common)
}

function moduleOf(elements: readonly string[]): string {
  const inner = elements.findIndex((element) => INNER_FOLDERS.has(element))
  return elements.slice(0, inner < 0 ? undefined : Math.max(inner, leastElements(elements))).join('/')
}

/** Import path of a folder of which nothing else is known: with -trimpath it is one, in a GOPATH it ends with one. */
function importPath(folder: string): string {
  const path = folder.slice(folder.lastIndexOf('/src/') < 0 ? 0 : folder.lastIndexOf('/src/') + '/src/'.length)
  const elements = path.split('/')
  if (!elements[0].includes('.') || elements.length < 2) return ''
  return TWO_NAMES.test(elements[0]) ? elements.slice(0, leastElements(elements)).join('/') : moduleOf(elements)
}

const joined = (path: string, rest: string) => path + (rest === '' || rest.startsWith('/') ? rest : `/${rest}`)

/** Without package main: whose frames are the outermost ones, by the weight of their samples. */
function outermost({ functions, strings, frames, locations, stacks, samples, ...p }: Profile, of: Map<string, string>) {
  const ids = [...new Set(of.values())]
  const idOf = new Map([...of].map(([path, id]) => [path, ids.indexOf(id)]))
  const owner = Int32Array.from({ length: functions.length }, (_, f) => {
    return idOf.get(packageOf(strings.get(functions.name[f]))) ?? -1
  })
  const ofLocation = new Int32Array(locations.length).fill(-1)
  for (let l = 0; l < ofLocation.length; l++) {
    const end = locations.frameStart[l + 1]
    for (let f = locations.frameStart[l]; ofLocation[l] < 0 && f < end; f++) ofLocation[l] = owner[frames.func[f]]
  }
  const first = new Int32Array(stacks.length).fill(-1)
  for (let row = 1; row < stacks.length; row++) {
    const above = first[stacks.parent[row]]
    first[row] = above >= 0 ? above : ofLocation[stacks.location[row]]
  }
  const weight = new Float64Array(ids.length)
  const value = samples.value[p.defaultSampleType]
  for (let s = 0; s < samples.length; s++) {
    const own = samples.stack[s] < 0 ? -1 : first[samples.stack[s]]
    if (own >= 0) weight[own] += Math.abs(value[s])
  }
  return ids[weight.indexOf(Math.max(...weight))]
}
