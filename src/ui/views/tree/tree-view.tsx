/** The call tree as a table whose rows open: the same boxes as the flame graph, with their numbers. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { findPath, pathOf } from '../../../core/layout/tree-path.ts'
import type { CallTree } from '../../../core/query/call-tree.ts'
import { matchingTrees } from '../../../state/answer.ts'
import type { Answer, OpenedProfile } from '../../../state/store.ts'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { ofShown, useShown } from '../selected.ts'
import frame from '../view-frame.module.css'
import { ViewFrame, Waiting } from '../view-frame.tsx'
import { type Box, Forest, isRest, keyOf, parentKey } from './forest.ts'
import { messages } from './messages.ts'
import { TreeTable } from './tree-table.tsx'

const ROOT_KEY = 0

export function TreeView() {
  const shown = useShown()
  return shown && <CallTreeView {...shown} />
}

function CallTreeView({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const any = useStore((s) => s.answers.tree)
  const answer = ofShown(any, profile, sampleType)
  return answer ? (
    // What was loaded and opened belongs to one question.
    <OpenTree key={`${profile.id} ${sampleType}`} answer={answer} profile={profile} sampleType={sampleType} />
  ) : (
    <ViewFrame profile={profile} sampleType={sampleType}>
      <Waiting />
    </ViewFrame>
  )
}

/** The finer trees that were loaded for the tree on screen. */
function useForest(answer: Answer<CallTree>): Forest {
  const detail = useStore((s) => s.answers.detail)
  const [finer, setFiner] = useState<{ of: string; trees: readonly CallTree[] }>({ of: '', trees: [] })
  useEffect(() => {
    if (detail?.state !== 'current' || !matchingTrees(detail, answer)) return
    const tree = detail.value
    setFiner(({ of, trees }) => {
      const known = of === answer.key ? trees : []
      return known.includes(tree) ? { of, trees } : { of: answer.key, trees: [...known, tree] }
    })
  }, [detail, answer])
  return useMemo(() => new Forest(answer.value, finer.of === answer.key ? finer.trees : []), [answer, finer])
}

interface Props {
  answer: Answer<CallTree>
  profile: OpenedProfile
  sampleType: number
}

function OpenTree({ answer, profile, sampleType }: Props) {
  const { needDetail, selectFunction } = useSession()
  const m = useMessages(messages)
  const zoom = useStore((s) => s.view.zoom)
  const forest = useForest(answer)
  const { hash } = answer.profile.info
  // Keys of boxes are the same in every tree of the profile, so what is open stays open.
  const [open, setOpen] = useState<ReadonlySet<number> | null>(null)
  const [at, setAt] = useState(ROOT_KEY)
  /** Key of merged boxes that the reader asked to tell apart. */
  const [wanted, setWanted] = useState<number | null>(null)
  /** Where the heaviest path goes on from once more of it is loaded. */
  const [following, setFollowing] = useState<number | null>(null)
  const start = useMemo(() => {
    // What the flame graph is zoomed to is what the table opens at.
    const tree = forest.whole
    const keys = new Set<number>()
    for (let r = findPath(tree, hash, zoom).row; r > 0; r = tree.parent[r]) keys.add(tree.pathHash[r])
    return keys
  }, [forest, hash, zoom])
  const opened = open ?? start
  const boxes = useMemo(() => forest.listed(opened), [forest, opened])
  // Merged boxes give their place to what they were told apart into.
  const place = useRef(0)
  const found = boxes.findIndex((box) => keyOf(box) === at)
  if (found >= 0) place.current = found
  const here = boxes[Math.min(place.current, boxes.length - 1)] ?? forest.root

  const question = (rest: Box) => forest.question(rest, pathOf(rest.tree, hash, rest.tree.parent[rest.row]))
  // What stands for all children of an open box, or for some of the outermost ones, is told apart without being asked:
  // of callers below callees the outermost ones are all functions. One question is asked at a time, the reader's first.
  const merged = boxes.filter((box, i) => {
    const above = boxes[i - 1]
    const alone = above !== undefined && keyOf(above) === parentKey(box)
    return isRest(box) && (alone || parentKey(box) === ROOT_KEY || keyOf(box) === wanted) && question(box) !== null
  })
  const next = merged.find((box) => keyOf(box) === wanted) ?? merged[0]
  useEffect(() => {
    const asked = next && question(next)
    if (asked) needDetail(asked)
  })
  const toggle = (box: Box, want: boolean) => {
    if (isRest(box)) {
      setWanted(keyOf(box))
      return
    }
    setOpen((now) => {
      const keys = new Set(now ?? opened)
      if (want) keys.add(keyOf(box))
      else keys.delete(keyOf(box))
      return keys
    })
  }
  const follow = (from: Box) => {
    const { path, merged } = forest.heaviestPath(from)
    const last = path.at(-1) ?? from
    // It stands for all children of a box that is opened, so that it is loaded.
    const more = merged !== null && question(merged) !== null
    const ways = path.filter((box) => forest.hasChildren(box)).map(keyOf)
    setOpen((now) => new Set([...(now ?? opened), ...ways]))
    setAt(keyOf(last))
    setFollowing(more ? keyOf(last) : null)
    if (last.tree.func[last.row] >= 0) selectFunction(answer.profile.names.get(last.tree.func[last.row]))
  }
  useEffect(() => {
    const box = following === null ? undefined : boxes.find((b) => keyOf(b) === following)
    const [first] = box ? forest.children(box) : []
    if (box && first && !isRest(first)) follow(box)
  })
  return (
    <ViewFrame
      profile={profile}
      sampleType={sampleType}
      strip={
        <>
          <button type="button" className="quiet small" onClick={() => follow(here)}>
            {m.heaviest}
          </button>
          <button
            type="button"
            className="quiet small"
            onClick={() => {
              setOpen(new Set())
              setAt(ROOT_KEY)
              setFollowing(null)
            }}
          >
            {m.close}
          </button>
          <span className={frame.note} role="status">
            {m.rows(boxes.length)}
          </span>
        </>
      }
    >
      <TreeTable
        answer={answer}
        forest={forest}
        boxes={boxes}
        open={opened}
        at={keyOf(here)}
        onAt={(key) => {
          setAt(key)
          setFollowing(null)
        }}
        canLoad={(rest) => question(rest) !== null}
        onToggle={toggle}
      />
    </ViewFrame>
  )
}
