/**
 * The tooltip of a box: where it is, its values and its shares of the whole and of the zoomed box, at the pointer or at
 * the focused box. Loaded after the first picture. It takes no part in anything: no pointer events, and nothing for
 * assistive technology, which has the tree.
 */
import './frame-tip.css'
import { Suspense, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import type { BoxDetails } from '../../core/layout/details.ts'
import { placeTip } from '../../core/layout/tip-place.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { rankZones } from '../../core/zones/rank.ts'
import type { ZoneReport } from '../../core/zones/zone.ts'
import { isOfBase } from '../../state/store.ts'
import { Swatch } from '../parts/swatch.tsx'
import { useWords } from '../words/index.ts'
import { changeText, placeText, signed } from '../work/box-texts.ts'
import { useRuleWords } from '../work/rule-words.ts'
import type { GraphInfo } from './props.ts'
import type { TipSource } from './tip-source.ts'

interface Props {
  tips: TipSource
  info: GraphInfo
  sampleType: number
  zones: ZoneReport | null
}

export function FrameTip({ tips, info, sampleType, zones }: Props) {
  const tip = useSyncExternalStore(tips.subscribe, tips.current)
  const el = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const box = el.current
    if (!tip || !box) return
    const size = { width: box.offsetWidth, height: box.offsetHeight }
    const place = () => {
      const { left, top } = placeTip(tips.anchor, size, { width: innerWidth, height: innerHeight })
      box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
    }
    place()
    tips.onMove = place
    return () => {
      tips.onMove = null
    }
  }, [tip, tips])
  if (!tip) return null
  return createPortal(
    <div className="frame-tip" ref={el} aria-hidden="true">
      <Content box={tip.box} info={info} sampleType={sampleType} />
      {zones && tip.zone >= 0 && (
        <Suspense>
          <ZoneLine zones={zones} at={tip.zone} />
        </Suspense>
      )}
    </div>,
    document.body,
  )
}

function Content({ box, info, sampleType }: { box: BoxDetails; info: GraphInfo; sampleType: number }) {
  const words = useWords()
  const w = words.details
  const type = info.sampleTypes[sampleType]
  const unit = type?.unit ?? ''
  const show = (value: number) => formatValue(value, unit)
  const { sides } = box
  const name = box.kind === 'run' ? w.merged(box.count) : box.kind === 'root' ? words.graph.all : box.name
  const place = placeText(box)
  const ofTotal = sides && type && isOfBase(type) ? w.ofWholeBase : w.ofTotal
  const facts: [label: string, value: string][] = []
  if (sides) {
    facts.push([w.base, show(sides.base)], [w.current, show(sides.current)])
    if (sides.base !== sides.current) facts.push(['', changeText(sides, w)])
    if (sides.isNoise) facts.push(['', w.noise])
  } else if (box.kind !== 'run') facts.push([w.self, show(box.self)])
  facts.push([sides ? w.difference : w.total, sides ? signed(box.total, show) : show(box.total)])
  if (box.gross > Math.abs(box.total)) facts.push([w.gross, show(box.gross)])
  const shares: [value: string, label: string][] = [
    [sides ? signed(box.ofTotal, formatShare) : formatShare(box.ofTotal), ofTotal],
  ]
  if (box.ofZoom !== null) shares.push([formatShare(box.ofZoom), w.ofZoom])
  return (
    <>
      <b className="frame-tip-name">
        <bdi>{name}</bdi>
      </b>
      {(box.packagePath !== '' || place !== '' || box.inlined) && (
        <div className="frame-tip-where">
          {box.packagePath !== '' && <bdi>{box.packagePath}</bdi>}
          {place !== '' && <bdi className="frame-tip-place">{place}</bdi>}
          {box.inlined && <span className="tag">{w.inlined}</span>}
        </div>
      )}
      <dl>
        {facts.map(([label, value]) => (
          <div key={`${label} ${value}`}>
            {label !== '' && <dt>{label}</dt>}
            <dd>{value}</dd>
          </div>
        ))}
        {shares.map(([value, label]) => (
          <div key={label}>
            {w.shareLast && <dt>{label}</dt>}
            <dd>{value}</dd>
            {!w.shareLast && <dt>{label}</dt>}
          </div>
        ))}
      </dl>
    </>
  )
}

function ZoneLine({ zones, at }: { zones: ZoneReport; at: number }) {
  const ruleWords = useRuleWords()
  const zone = zones.zones[at]
  if (!zone) return null
  return (
    <div className="frame-tip-zone">
      <Swatch family={zone.family} number={rankZones(zones.zones).indexOf(zone) + 1} />
      <span>{ruleWords(zone.id).title}</span>
    </div>
  )
}
