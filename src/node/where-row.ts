/** Rows of "Where it goes" as people name them on the command line. */
import { readImportPaths, STANDARD_ROOTS } from '../core/model/go-name.ts'
import type { RowName } from '../core/query/row-name.ts'
import { activities } from '../core/where/activities.ts'

const OWNERS = ['own', 'std', 'runtime', 'native', 'nameless']
/** Rows by activity that are none. */
const OTHERS = ['runtime', 'native', 'nameless', 'no-stack']

/** Throws what is wrong where no profile can have such a row. */
export function checkRow({ reading, id }: RowName): void {
  if (reading === 'activity') {
    if (activities.some((a) => a.id === id) || OTHERS.includes(id) || id.startsWith('code:')) return
    throw new Error(`There is no activity "${id}". Activities: ${activities.map((a) => a.id).join(', ')}.`)
  }
  const path = id.replace(/@v\d.*$/, '')
  const isPath = readImportPaths(path)?.length === 1 && /[./]/.test(path)
  if (reading === 'owner' && !OWNERS.includes(id) && !isPath) {
    throw new Error(`There is no owner "${id}". Owners: ${OWNERS.join(', ')}, and modules by their paths.`)
  }
  const isKnown = id === 'main' || OTHERS.includes(id) || STANDARD_ROOTS.has(id.split('/')[0])
  if (reading === 'package' && !isKnown && !isPath) throw new Error(`"${id}" is no import path.`)
}
