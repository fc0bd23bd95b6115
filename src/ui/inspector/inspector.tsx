/** What is said beside a profile: its findings, the selected function, its source. */
import { Suspense } from 'react'
import { formatShare } from '../../core/model/units.ts'
import type { Inspector as Tab } from '../../core/view/view-state.ts'
import { isUnmarked, rankZones } from '../../core/zones/rank.ts'
import { hasLines } from '../../state/store.ts'
import { lazily } from '../parts/lazily.tsx'
import { Swatch } from '../parts/swatch.tsx'
import { useSession, useStore, useView } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { usePanelWords } from '../work/panel-words.ts'
import { FindingsTab } from './findings-tab.tsx'
import { messages } from './messages.ts'
import type { InspectorProps } from './props.ts'
import { SidePanel } from './side-panel.tsx'

const functionTab = lazily<InspectorProps>(async () => (await import('./function/function-tab.tsx')).FunctionTab)
const sourceTab = lazily<InspectorProps>(async () => (await import('./source/source-tab.tsx')).SourceTab)

export function Inspector({ profile, sampleType }: InspectorProps) {
  const { inspect } = useSession()
  const said = usePanelWords()
  const m = useMessages(messages)
  const view = useView('zonesOff', 'zonesOn', 'inspector')
  const answer = useStore((s) => s.answers.zones)
  const mine = answer?.profile.client === profile.client && answer.sampleType === sampleType ? answer : null
  const ranked = rankZones(mine?.value.zones ?? [])
  const tabs: readonly Tab[] = hasLines(profile) ? ['findings', 'function', 'source'] : ['findings', 'function']
  const shown = tabs.find((tab) => tab === view.inspector) ?? 'findings'
  return (
    <SidePanel
      label={m.label}
      strip={ranked.map((z, i) => <Swatch key={z.id} family={z.family} number={i + 1} off={isUnmarked(z, view)} />)}
      summary={
        <>
          <b>{ranked.length > 0 ? said.count(ranked.length) : said.label}</b>
          {ranked[0] && <span>{said.hottest(formatShare(ranked[0].share))}</span>}
        </>
      }
      head={
        <nav className="inspector-tabs" aria-label={m.label}>
          {tabs.map((tab) => (
            <button
              key={tab}
              type="button"
              className="inspector-tab"
              aria-current={tab === shown ? 'true' : undefined}
              onClick={() => inspect(tab)}
            >
              {m.tabs[tab]}
              {tab === 'findings' && ranked.length > 0 && <span className="count">{ranked.length}</span>}
            </button>
          ))}
        </nav>
      }
    >
      <section className="inspector-body" aria-label={shown === 'findings' ? said.label : m.tabs[shown]}>
        <Suspense fallback={<p className="zones-note">{said.waiting}</p>}>
          {shown === 'findings' && <FindingsTab profile={profile} sampleType={sampleType} report={mine} />}
          {shown === 'function' && <functionTab.Component profile={profile} sampleType={sampleType} />}
          {shown === 'source' && <sourceTab.Component profile={profile} sampleType={sampleType} />}
        </Suspense>
      </section>
    </SidePanel>
  )
}
