/** The call tree as a table whose rows open: the same boxes as the flame graph, with their numbers. */
import { useMemo, useState } from 'react'
import { findPath } from '../../../core/layout/camera.ts'
import { type OpenedProfile, useStore } from '../../../state/store.ts'
import { selectFunction } from '../../../state/view-actions.ts'
import { words } from '../../words/index.ts'
import { ofShown, useShown } from '../selected.ts'
import { ViewFrame } from '../view-frame.tsx'
import { heaviestPath, isLeaf, listed } from './open-rows.ts'
import { TreeTable } from './tree-table.tsx'

const w = words.tables.tree

export function TreeView() {
  const shown = useShown()
  return shown && <CallTreeView {...shown} />
}

function CallTreeView({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const any = useStore((s) => s.answers.tree)
  const zoom = useStore((s) => s.view.zoom)
  const answer = ofShown(any, profile, sampleType)
  const tree = answer?.value ?? null
  // Keys of boxes are the same in every tree of the profile, so what is open stays open.
  const [open, setOpen] = useState<ReadonlySet<number> | null>(null)
  const [at, setAt] = useState(0)
  const start = useMemo(() => {
    if (!tree || !answer) return new Set<number>()
    // What the flame graph is zoomed to is what the table opens at.
    const zoomed = findPath(tree, answer.profile.info.hash, zoom).row
    const keys = new Set<number>()
    for (let r = zoomed; r > 0; r = tree.parent[r]) keys.add(tree.key[r])
    return keys
  }, [tree, answer, zoom])
  const opened = open ?? start
  const rows = useMemo(() => (tree ? listed(tree, opened) : []), [tree, opened])
  if (!tree || !answer) {
    return (
      <ViewFrame profile={profile} sampleType={sampleType}>
        <p className="graph-empty">{words.tables.waiting}</p>
      </ViewFrame>
    )
  }
  const toggle = (row: number, want: boolean) => {
    const next = new Set(opened)
    if (want) next.add(tree.key[row])
    else next.delete(tree.key[row])
    setOpen(next)
  }
  const current = at < tree.length ? at : 0
  const heaviest = () => {
    const path = heaviestPath(tree, current)
    setOpen(new Set([...opened, ...path.filter((r) => !isLeaf(tree, r)).map((r) => tree.key[r])]))
    const last = path.at(-1) ?? 0
    setAt(last)
    if (tree.func[last] >= 0) selectFunction(answer.profile.names.get(tree.func[last]))
  }
  return (
    <ViewFrame
      profile={profile}
      sampleType={sampleType}
      strip={
        <>
          <button type="button" className="quiet small" onClick={heaviest}>
            {w.heaviest}
          </button>
          <button
            type="button"
            className="quiet small"
            onClick={() => {
              setOpen(new Set())
              setAt(0)
            }}
          >
            {w.close}
          </button>
          <span className="view-count" role="status">
            {w.rows(rows.length)}
          </span>
        </>
      }
    >
      <TreeTable answer={answer} rows={rows} open={opened} at={current} onAt={setAt} onToggle={toggle} />
    </ViewFrame>
  )
}
