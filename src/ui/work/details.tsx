/** Everything about the box under the pointer or the focus, in one line that never covers the graph. */
import type { BoxDifference } from '../../core/compare/box-difference.ts'
import type { BoxDetails } from '../../core/layout/details.ts'
import { formatExact, formatShare, formatValue } from '../../core/model/units.ts'
import { matching } from '../../state/answer.ts'
import type { Coloring } from '../../state/color-by.ts'
import { isOfBase, type NamedProfile, type ProfileInfo } from '../../state/store.ts'
import { typeLabel } from '../bar/type-switch.tsx'
import { usePointed, useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'
import { changeText, placeText, signed } from './box-texts.ts'
import { type MoreOfBox, useMoreOf } from './use-shade.ts'

interface Props {
  profile: NamedProfile
  sampleType: number
  /** The zoomed box: shown while nothing is pointed at. */
  zoomed: BoxDetails | null
  coloring: Coloring | null
}

function Fact({
  value,
  label,
  title,
  extra,
  share,
  labelLast = false,
}: {
  value: string
  label: string
  title?: string
  extra?: string
  share?: string
  /** The label follows the value: "12% of total". */
  labelLast?: boolean
}) {
  return (
    <span className={`fact ${extra ?? ''}`} title={title}>
      {labelLast ? (
        <>
          <b>{value}</b> <span>{label}</span>
        </>
      ) : (
        <>
          <span>{label}</span> <b>{value}</b>
          {share && <b className="everywhere-share"> · {share}</b>}
        </>
      )}
    </span>
  )
}

/** Beyond a half a figure for the error says no more than words do. */
const MOST_UNCERTAIN = 0.5

/** How many samples stand behind the total, and how far off it may be. */
function Founded({ more, total, show }: { more: MoreOfBox; total: number; show: (v: number) => string }) {
  const words = useWords()
  const { raw, band } = more
  if (raw === null || band === null || total === 0) return null
  const samples = Math.round(raw).toLocaleString(words.locale)
  const off = band / Math.abs(total)
  return (
    <Fact
      label={words.details.samples}
      value={off < MOST_UNCERTAIN ? `${samples} ±${formatShare(off)}` : words.details.fewSamples(samples)}
      title={words.details.samplesWhy(samples, show(Math.max(0, total - band)), show(total + band))}
      extra="fact-samples"
    />
  )
}

/** Both sides of a comparison's box, how much that is of its base, and whether it is more than chance. */
function Sides({
  sides,
  show,
  exact,
}: {
  sides: BoxDifference
  show: (v: number) => string
  exact: (v: number) => string
}) {
  const words = useWords()
  const { base, current, isNoise } = sides
  return (
    <>
      <Fact label={words.details.base} value={show(base)} title={exact(base)} />
      <Fact label={words.details.current} value={show(current)} title={exact(current)} />
      {base !== current && (
        <Fact label="" value={changeText(sides, words.details)} title={words.details.ofBase} extra="fact-change" />
      )}
      {isNoise && <Fact label="" value={words.details.noise} title={words.details.noiseWhy} />}
    </>
  )
}

/** The number behind the colour. */
function Colored({ more, coloring, info }: { more: MoreOfBox; coloring: Coloring; info: ProfileInfo }) {
  const words = useWords()
  const { over, under } = more
  if (over === null || under === null) return null
  const { by } = coloring.choice
  if (by === 'type') {
    const type = info.sampleTypes[coloring.over]
    const share = formatShare(type && type.total > 0 ? over / type.total : 0)
    return (
      <Fact
        label={typeLabel(words, info, coloring.over)}
        value={`${formatValue(over, type?.unit ?? '')} · ${share}`}
        extra="fact-color"
      />
    )
  }
  if (under === 0) return null
  return by === 'in-use' ? (
    <Fact label={words.details.inUse} value={formatShare(over / under)} extra="fact-color" />
  ) : (
    <Fact label={words.details.objectSize} value={formatValue(Math.round(over / under), 'bytes')} extra="fact-color" />
  )
}

export function Details({ profile, sampleType, zoomed, coloring }: Props) {
  const { openSource } = useSession()
  const words = useWords()
  const box = usePointed((s) => s.hover ?? s.selected) ?? zoomed
  const more = useMoreOf(box, profile, sampleType, coloring)
  const everywhere = useStore((s) => {
    const { functions, tree } = s.answers
    if (!box || box.func < 0 || !functions || !tree || !matching(functions, tree)) return null
    return functions.value.cum[box.func] ?? null
  })
  const type = profile.info.sampleTypes[sampleType]
  const whole = type?.total ?? 0
  const unit = type?.unit ?? ''
  const show = (v: number) => formatValue(v, unit)
  const exact = (v: number) => formatExact(v, unit)
  if (!box) {
    return (
      <section className="details" aria-label={words.details.label}>
        <span className="hint">{words.details.hint}</span>
      </section>
    )
  }
  const name = box.kind === 'run' ? words.details.merged(box.count) : box.kind === 'root' ? words.graph.all : box.name
  const was = profile.query.matchMoved && profile.info.moved?.get(box.name)
  const place = placeText(box)
  return (
    <section className="details" aria-label={words.details.label}>
      <div className="details-what">
        <b className="details-name" title={name}>
          <bdi>{name}</bdi>
        </b>
        {box.packagePath !== '' && <bdi className="details-package">{box.packagePath}</bdi>}
        {place !== '' && (
          <button
            type="button"
            className="details-place"
            title={`${words.details.openSource}: ${box.file}:${box.line}`}
            onClick={() => openSource(box.name, box.line)}
          >
            <bdi>{place}</bdi>
          </button>
        )}
        {was && <span className="tag">{words.details.was(was.join(', '))}</span>}
        {box.inlined && <span className="tag">{words.details.inlined}</span>}
      </div>
      <div className="details-facts">
        {box.sides && <Sides sides={box.sides} show={show} exact={exact} />}
        {box.kind !== 'run' && !box.sides && (
          <Fact label={words.details.self} value={show(box.self)} title={exact(box.self)} />
        )}
        <Fact
          label={box.sides ? words.details.difference : words.details.total}
          value={box.sides ? signed(box.total, show) : show(box.total)}
          title={exact(box.total)}
        />
        {box.gross > Math.abs(box.total) && (
          <Fact label={words.details.gross} value={show(box.gross)} title={words.details.grossWhy} />
        )}
        {more && <Founded more={more} total={box.total} show={show} />}
        {more && coloring && <Colored more={more} coloring={coloring} info={profile.info} />}
        <Fact
          value={box.sides ? signed(box.ofTotal, formatShare) : formatShare(box.ofTotal)}
          label={box.sides && type && isOfBase(type) ? words.details.ofWholeBase : words.details.ofTotal}
          labelLast={!words.details.shareLast}
        />
        {box.ofZoom !== null && (
          <Fact
            value={formatShare(box.ofZoom)}
            label={words.details.ofZoom}
            labelLast={!words.details.shareLast}
            extra="fact-zoom"
          />
        )}
        {box.ofParent !== null && (
          <Fact
            value={formatShare(box.ofParent)}
            label={words.details.ofParent}
            labelLast={!words.details.shareLast}
            extra="fact-parent"
          />
        )}
        {everywhere !== null && (
          <Fact
            label={words.details.everywhere}
            value={show(everywhere)}
            share={formatShare(whole > 0 ? everywhere / whole : 0)}
            title={`${words.details.everywhereWhy}: ${exact(everywhere)}`}
            extra="fact-everywhere"
          />
        )}
      </div>
    </section>
  )
}
