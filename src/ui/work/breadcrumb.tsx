/** The zoomed path and its weight: All > … > the last two. */
import { holderOf, windowOf } from '../../core/layout/camera.ts'
import { shortKeyName } from '../../core/layout/key-name.ts'
import { findPath, pathOf } from '../../core/layout/tree-path.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import type { CallPath, CallTree } from '../../core/query/call-tree.ts'
import type { NamedProfile } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { MenuButton } from '../parts/menu.tsx'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'

interface Props {
  profile: NamedProfile
  tree: CallTree
  sampleType: number
  /** The part of the zoom that exists. */
  path: CallPath
}

/** Crumbs shown whole; of longer paths the last two, which need the room to be read. */
const MOST_CRUMBS = 3

export function Breadcrumb({ profile, tree, sampleType, path }: Props) {
  const { zoomTo } = useSession()
  const words = useWords()
  const { info, names } = profile
  const shortName = (name: string) => shortKeyName(name, profile.query.granularity)
  const type = info.sampleTypes[sampleType]
  const { row } = findPath(tree, info.hash, path)
  const rows: number[] = []
  for (let r = row; r > 0; r = tree.parent[r] ?? 0) rows.unshift(r)
  const crumbs = rows.map((r, i) => ({
    label: shortName(names.get(tree.func[r] ?? -1)),
    go: () => zoomTo(path.slice(0, i + 1), shortName(names.get(tree.func[r] ?? -1))),
    step: i,
  }))
  const folded = crumbs.length > MOST_CRUMBS ? crumbs.slice(0, -2) : []
  const shown = crumbs.slice(folded.length)
  const total = tree.total[row] ?? 0
  const value = formatValue(total, type?.unit ?? '')
  const share = formatShare(type && type.total > 0 ? total / type.total : 0)

  return (
    <nav className="crumbs" aria-label={words.crumbs.label}>
      <ol>
        <li>
          <button
            type="button"
            className="crumb"
            aria-current={row === 0 ? 'page' : undefined}
            onClick={() => zoomTo([])}
          >
            {words.graph.all}
          </button>
        </li>
        {shown.map((crumb, i) => (
          <li
            key={crumb.step}
            className={i === shown.length - 1 ? 'last' : i === 0 && folded.length === 0 ? 'first' : ''}
          >
            {icons.crumb}
            {i === 0 && folded.length > 0 && (
              <>
                <MenuButton
                  label={words.crumbs.label}
                  name={words.crumbs.more(folded.length)}
                  rows={folded.map((c) => ({ kind: 'item', label: c.label, run: c.go }))}
                  className="crumb crumb-more"
                  align="left"
                >
                  …
                </MenuButton>
                {icons.crumb}
              </>
            )}
            <button
              type="button"
              className="crumb"
              title={crumb.label}
              aria-current={i === shown.length - 1 ? 'page' : undefined}
              onClick={crumb.go}
            >
              {crumb.label}
            </button>
          </li>
        ))}
      </ol>
      <span className="crumb-value">
        <span>{value}</span>
        {row > 0 && <span> · {words.crumbs.ofTotal(share)}</span>}
      </span>
    </nav>
  )
}

/** What of which box is on the screen, after the reader moved the camera. Follows it by itself. */
export function PartInView({ profile, tree, path }: Omit<Props, 'sampleType'>) {
  const { zoomTo } = useSession()
  const words = useWords()
  const window = useStore((s) => s.view.window)
  if (!window) return null
  const { info, names, query } = profile
  const zoomed = findPath(tree, info.hash, path).row
  const part = windowOf(tree, zoomed, window)
  const row = holderOf(tree, zoomed, part)
  const name = row === 0 ? '' : shortKeyName(names.get(tree.func[row] ?? -1), query.granularity)
  const share = formatShare((part[1] - part[0]) / (tree.width[row] || 1))
  const text = words.crumbs.part(share, name)
  return (
    <button
      type="button"
      className="crumb crumb-part"
      title={words.crumbs.zoomToPart(text)}
      onClick={() => zoomTo(pathOf(tree, info.hash, row), name)}
    >
      {text}
    </button>
  )
}
