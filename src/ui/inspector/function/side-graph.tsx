/** The tree of all callers (growing up) or of all callees of one function, as a flame graph that zooms by itself. */
import { useState } from 'react'
import type { BoxDetails } from '../../../core/layout/details.ts'
import { shortKeyName, splitKeyName } from '../../../core/layout/key-name.ts'
import type { CallPath, CallTree } from '../../../core/query/call-tree.ts'
import type { Answer } from '../../../state/store.ts'
import { Menu } from '../../parts/menu.tsx'
import { useSession } from '../../session.ts'
import { PlainGraph } from '../../views/plain-graph.tsx'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { copyNameRows, useOriginals } from '../../work/copy-name.ts'
import { messages } from '../function-messages.ts'
import { lookRows } from '../function-rows.ts'
import styles from './function.module.css'

interface Props {
  answer: Answer<unknown>
  tree: CallTree
  label: string
  name: string
  total: string
  up?: boolean
}

const whole: CallPath = []

export function SideGraph({ answer, tree, label, name, total, up = false }: Props) {
  const session = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const { profile } = answer
  const [zoom, setZoom] = useState<CallPath>(whole)
  const [window, setWindow] = useState<readonly [number, number] | null>(null)
  const [menu, setMenu] = useState<{ details: BoxDetails; x: number; y: number } | null>(null)
  const c = words.context
  const asked = menu?.details.name || name
  const originals = useOriginals(profile, menu ? splitKeyName(asked, profile.query.granularity).code : '')
  return (
    <section className={styles.side} aria-label={label}>
      <h3 className="caption">{label}</h3>
      <PlainGraph
        name={label}
        answer={answer}
        tree={tree}
        rootLabel={m.rootLabel(shortKeyName(name, profile.query.granularity), total)}
        zoom={zoom}
        window={window}
        flipped={up}
        onZoom={(path) => {
          setZoom(path)
          setWindow(null)
        }}
        onWindow={setWindow}
        onMenu={setMenu}
      />
      {menu && (
        <Menu
          label={c.label(asked)}
          x={menu.x}
          y={menu.y}
          rows={[
            ...lookRows(m, session, asked, menu.details.line),
            { kind: 'line' },
            ...copyNameRows(words, asked, originals),
          ]}
          onClose={() => setMenu(null)}
        />
      )}
    </section>
  )
}
