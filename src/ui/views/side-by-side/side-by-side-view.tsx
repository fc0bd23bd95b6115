/** Every profile of a comparison as a small flame graph of its own; all of them show the same place. */
import { useMemo } from 'react'
import { shortKeyName } from '../../../core/layout/key-name.ts'
import { findPath } from '../../../core/layout/tree-path.ts'
import { formatValue } from '../../../core/model/units.ts'
import type { CallTree } from '../../../core/query/call-tree.ts'
import { pairOf } from '../../../core/query/pair.ts'
import type { Answer, OpenedProfile } from '../../../state/store.ts'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { PlainGraph } from '../plain-graph.tsx'
import { ofShown, useShown } from '../selected.ts'
import { ViewFrame, Waiting } from '../view-frame.tsx'
import { messages } from './messages.ts'
import styles from './side-by-side.module.css'

export function SideBySideView() {
  const shown = useShown()
  return shown && <SideBySide {...shown} />
}

function SideBySide({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const { zoomTo } = useSession()
  const m = useMessages(messages)
  const any = useStore((s) => s.answers.sourceTrees)
  const zoomName = useStore((s) => s.view.zoomName)
  const zoomed = useStore((s) => s.view.zoom.length > 0)
  const sides = useStore((s) => s.view.sides)
  const answer = ofShown(any, profile, sampleType)
  const infos = profile.info.sides ?? []
  const pair = pairOf(sides, infos.length)
  const strip = zoomed && (
    <>
      <span>{m.zoomed(zoomName)}</span>
      <button type="button" className="quiet small" onClick={() => zoomTo([])}>
        {m.whole}
      </button>
    </>
  )
  return (
    <ViewFrame profile={profile} sampleType={sampleType} strip={strip} hint={m.hint}>
      {answer ? (
        <div className={styles.grid}>
          {answer.value.map((tree, i) => (
            <Picture
              key={infos[i]?.id ?? i}
              answer={answer}
              tree={tree}
              name={infos[i]?.name ?? ''}
              mark={i === pair.base ? m.base : i === pair.current ? m.current : ''}
            />
          ))}
        </div>
      ) : (
        <Waiting />
      )}
    </ViewFrame>
  )
}

interface PictureProps {
  answer: Answer<CallTree[]>
  tree: CallTree
  name: string
  /** Which side it is of the two that are compared; '' = neither. */
  mark: string
}

function Picture({ answer, tree, name, mark }: PictureProps) {
  const { selectFunction, zoomTo } = useSession()
  const m = useMessages(messages)
  const zoom = useStore((s) => s.view.zoom)
  const { profile, sampleType } = answer
  const { granularity } = profile.query
  const found = findPath(tree, profile.info.hash, zoom).found === zoom.length
  const whole = tree.total[0] ?? 0
  const total = formatValue(whole, profile.info.sampleTypes[sampleType]?.unit ?? '')
  // Shares are of this profile, as widths are.
  const info = useMemo(() => {
    const { sampleTypes } = profile.info
    return { ...profile.info, sampleTypes: sampleTypes.map((type) => ({ ...type, total: whole })) }
  }, [profile, whole])
  return (
    <section className={styles.picture} aria-label={name}>
      <h3 className={styles.head}>
        <bdi title={name}>{name}</bdi>
        {mark !== '' && <span className="tag">{mark}</span>}
        <span className={styles.total}>{total}</span>
      </h3>
      {found ? (
        <PlainGraph
          name={m.picture(name)}
          answer={answer}
          tree={tree}
          info={info}
          zoom={zoom}
          window={null}
          onZoom={(path, box) => zoomTo(path, box.name === '' ? '' : shortKeyName(box.name, granularity))}
          onSelect={(box) => {
            if (box?.name) selectFunction(box.name, box.path)
          }}
        />
      ) : (
        <p className={styles.gone}>{m.gone}</p>
      )}
    </section>
  )
}
