/** What a page can draw of a profile at once, while the app and its engine are on their way: sent inside it. */
import { flatTree } from '../core/layout/flat-tree.ts'
import { Strings } from '../core/model/strings.ts'
import { Engine } from './engine.ts'
import { kindOf, kinds } from './kinds/index.ts'
import { profileKind } from './kinds/profile.ts'
import type { FirstPicture } from './protocol.ts'

/** Boxes below this share of the whole are merged: two pixels of a wide screen. */
const MIN_SHARE = 1 / 1024

/** A page is no place for more, and few screens show as many. */
const MOST_ROWS = 30_000

/** Null for other documents than profiles, and where there is nothing to draw or too much. Throws what reading throws. */
export async function firstPicture(source: { name: string; file: Blob }): Promise<FirstPicture | null> {
  const kind = await kindOf(kinds, null, source)
  if (kind?.id !== profileKind.id) return null
  const engine = new Engine()
  const { names, own, sampleTypes, defaultSampleType } = await engine.read(
    { name: source.name, source: source.file },
    () => {},
  )
  const type = sampleTypes[defaultSampleType]
  const asked = { sampleType: defaultSampleType, order: 'size', path: [], minShare: MIN_SHARE, from: 0, to: 1 } as const
  const tree = engine.tree(asked, false)
  if (!type || !tree.total[0] || tree.length > MOST_ROWS) return null
  const known = new Strings(names)
  const flat = flatTree(tree, (func) => known.get(func))
  return flat && { own, type, tree: flat }
}
