/** A flame graph beside others: of a tree that is whole, without findings. */
import type { CallTree } from '../../core/query/call-tree.ts'
import { type Answer, ownPathsOf } from '../../state/store.ts'
import { FlameGraph, type FlameGraphProps } from '../graph/flame-graph.tsx'
import { useSession, useStore } from '../session.ts'
import { useTheme } from '../theme.ts'
import { useMatches, useSelected } from './selected.ts'

interface Props
  extends Pick<FlameGraphProps, 'name' | 'tree' | 'zoom' | 'window' | 'onZoom'>,
    Partial<Pick<FlameGraphProps, 'info' | 'rootLabel' | 'flipped' | 'onWindow' | 'onSelect' | 'onMenu'>> {
  /** What the tree is of. */
  answer: Answer<unknown>
  tree: CallTree
}

const none: ReadonlySet<string> = new Set()
const nothing = () => undefined

export function PlainGraph({ answer, flipped = false, info, onWindow, onSelect, onMenu, ...props }: Props) {
  const { profile, sampleType } = answer
  const { firstIdleWheel } = useSession()
  const theme = useTheme()
  const own = useStore(ownPathsOf)
  const search = useStore((s) => s.view.search)
  const match = useMatches(answer)
  const { row: selected } = useSelected(profile)
  return (
    <FlameGraph
      {...props}
      info={info ?? profile.info}
      names={profile.names}
      own={own}
      files={profile.files}
      detail={null}
      sampleType={sampleType}
      zones={null}
      zonesOff={none}
      focusedZone=""
      match={match}
      func={selected}
      searchText={search}
      granularity={profile.query.granularity}
      flipped={flipped}
      theme={theme}
      stale={answer.state === 'stale'}
      onWindow={onWindow ?? nothing}
      onNeed={nothing}
      onHover={nothing}
      onSelect={onSelect ?? nothing}
      onMenu={onMenu ?? nothing}
      onIdleWheel={firstIdleWheel}
    />
  )
}
