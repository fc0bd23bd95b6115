/** What a box stands for, where it is not a function as it is, and labels that stand as frames: as chips that take it back. */
import { parseTimes } from '../../core/query/options.ts'
import { TRACE } from '../../core/trace/timeline/questions.ts'
import { spanTexts } from '../../core/trace/timeline/time-text.ts'
import { currentDocument } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { FileNames } from './file-names.tsx'
import { messages } from './messages.ts'

export interface Option {
  label: string
  remove: () => void
}

export function useOptions(): Option[] {
  const { groupBy, setDropNegative, setGranularity, setTime, setTrimPath, toggleName } = useSession()
  const m = useMessages(messages)
  const granularity = useStore((s) => s.view.granularity)
  const noInlines = useStore((s) => s.view.noInlines)
  const repair = useStore((s) => s.view.repair)
  const generics = useStore((s) => s.view.mergeGenerics)
  const closures = useStore((s) => s.view.mergeClosures)
  const root = useStore((s) => s.view.tagRoot)
  const leaf = useStore((s) => s.view.tagLeaf)
  const columns = useStore((s) => s.view.showColumns)
  const trimPath = useStore((s) => s.view.trimPath)
  const dropNegative = useStore((s) => s.view.dropNegative)
  const isTrace = useStore((s) => currentDocument(s)?.kind === TRACE)
  const given = useStore((s) => s.view.time)
  // Nothing else has a time: there a link's says nothing.
  const time = isTrace ? parseTimes(given) : null
  const w = m.options
  const options: Option[] = []
  if (time) {
    const [from, to] = time
    options.push({ label: w.timeChip(...spanTexts({ from, to })), remove: () => setTime('') })
  }
  if (granularity !== 'functions') {
    options.push({ label: w.by(m.filters.granularities[granularity]), remove: () => setGranularity('functions') })
  }
  if (noInlines) options.push({ label: w.noInlinesChip, remove: () => toggleName('noInlines') })
  if (columns) options.push({ label: w.columnsChip, remove: () => toggleName('showColumns') })
  if (trimPath !== '') options.push({ label: w.trimChip(trimPath), remove: () => setTrimPath('') })
  if (repair) options.push({ label: w.repairChip, remove: () => toggleName('repair') })
  if (generics) options.push({ label: w.genericsChip, remove: () => toggleName('mergeGenerics') })
  if (closures) options.push({ label: w.closuresChip, remove: () => toggleName('mergeClosures') })
  if (root.length > 0) options.push({ label: w.tagRoot(root.join(', ')), remove: () => groupBy('tagRoot', []) })
  if (leaf.length > 0) options.push({ label: w.tagLeaf(leaf.join(', ')), remove: () => groupBy('tagLeaf', []) })
  if (dropNegative) options.push({ label: w.dropNegativeChip, remove: () => setDropNegative(false) })
  return options
}

export function OptionChips({ options }: { options: readonly Option[] }) {
  const m = useMessages(messages)
  const granularity = useStore((s) => s.view.granularity)
  const chips = options.map(({ label, remove }) => (
    <li key={label} className="chip chip-option">
      <span className="chip-text">{label}</span>
      <button
        type="button"
        className="chip-remove"
        aria-label={m.options.removeChip(label)}
        title={m.options.removeChip(label)}
        onClick={remove}
      >
        {icons.close}
      </button>
    </li>
  ))
  if (granularity === 'functions' || granularity === 'packages') return chips
  return (
    <>
      {chips}
      <li>
        <FileNames />
      </li>
    </>
  )
}
