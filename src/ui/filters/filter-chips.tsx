/** The filters of the view, in the order in which they run. */
import { useEffect, useRef, useState } from 'react'
import { formatValue } from '../../core/model/units.ts'
import type { Filter } from '../../core/query/query-spec.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { useListFocus } from '../parts/focus.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { Chip } from './chip.tsx'
import { FilterForm } from './filter-form.tsx'
import { filterWords, spoken, transformWords } from './filter-words.ts'
import { messages } from './messages.ts'
import { type Option, OptionChips } from './option-chips.tsx'
import { useRowNames } from './use-row-names.ts'

export interface FilterProps {
  profile: OpenedProfile
  sampleType: number
}

export function FilterChips({ profile, sampleType, options }: FilterProps & { options: readonly Option[] }) {
  const {
    addFilter,
    clearFilters,
    closeEntry,
    editFilter,
    moveFilter,
    moveTransform,
    openEntry,
    redo,
    removeFilter,
    removeTransform,
    toggleFilter,
    toggleTransform,
    undo,
  } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const filters = useStore((s) => s.view.filters)
  const transforms = useStore((s) => s.view.transforms)
  const granularity = useStore((s) => s.view.granularity)
  const entry = useStore((s) => s.entry)
  const canUndo = useStore((s) => s.undo.length > 0)
  const canRedo = useStore((s) => s.redo.length > 0)
  const bad = useStore((s) => s.answers.tree?.profile.bad)
  const failed = useStore((s) => s.answers.tree?.state === 'failed')
  const rowName = useRowNames(filters.some((filter) => filter.kind === 'where'))
  const [editing, setEditing] = useState(-1)
  const list = useRef<HTMLUListElement>(null)
  useListFocus(list)
  const count = filters.length + transforms.length
  // A chip that is gone leaves no form behind for the one that takes its place.
  useEffect(() => {
    if (count >= 0) setEditing(-1)
  }, [count])

  const problem = ({ kind, text, on }: Filter): string | null => {
    const found = on ? bad?.find((b) => b.kind === kind && b.text === text) : undefined
    return found ? m.filters.leftOut(words.badPattern(found)) : null
  }
  const kindAt = (at: number) => filters[at]?.kind
  return (
    <section className="filters" aria-label={m.filters.label}>
      <ul ref={list} aria-label={m.filters.list}>
        {filters.map((filter, at) => {
          const said = filterWords(m, filter, rowName)
          const key = `${filter.kind} ${filter.text} ${at}`
          if (editing === at) {
            return (
              <li key={key}>
                <FilterForm
                  label={m.filters.editing(spoken(said))}
                  kind={filter.kind}
                  text={filter.text}
                  onDone={(kind, text) => {
                    setEditing(-1)
                    editFilter(at, { kind, text })
                  }}
                  onCancel={() => setEditing(-1)}
                />
              </li>
            )
          }
          const earlier = kindAt(at - 1) === filter.kind ? () => moveFilter(at, -1) : null
          const later = kindAt(at + 1) === filter.kind ? () => moveFilter(at, 1) : null
          return (
            <Chip
              key={key}
              said={said}
              on={filter.on}
              problem={problem(filter)}
              title={`${m.filters.kinds[filter.kind].what}: ${filter.text}`}
              onToggle={() => toggleFilter(at)}
              onEdit={() => setEditing(at)}
              onRemove={() => removeFilter(at)}
              onMove={{ earlier, later }}
            />
          )
        })}
        {transforms.map((transform, at) => {
          const said = transformWords(m, transform, granularity)
          const key = `${spoken(said)} ${at}`
          return (
            <Chip
              key={key}
              said={said}
              on={transform.on}
              onToggle={() => toggleTransform(at)}
              onRemove={() => removeTransform(at)}
              onMove={{
                earlier: at > 0 ? () => moveTransform(at, -1) : null,
                later: at + 1 < transforms.length ? () => moveTransform(at, 1) : null,
              }}
            />
          )
        })}
        <OptionChips options={options} />
        {entry === null && (
          <li>
            <IconButton label={m.filters.add} icon={icons.plus} onClick={() => openEntry()} />
          </li>
        )}
      </ul>
      {entry && (
        <FilterForm
          key={`${entry.kind} ${entry.text}`}
          label={m.filters.adding}
          kind={entry.kind}
          text={entry.text}
          onDone={(kind, text) => {
            closeEntry()
            if (text !== '') addFilter(kind, text)
          }}
          onCancel={closeEntry}
        />
      )}
      <div className="filters-end">
        {failed ? (
          <span role="alert" className="filter-problem">
            {m.filters.failed}
          </span>
        ) : (
          <Kept profile={profile} sampleType={sampleType} />
        )}
        <IconButton label={m.filters.undo} icon={icons.undo} disabled={!canUndo} onClick={undo} />
        <IconButton label={m.filters.redo} icon={icons.redo} disabled={!canRedo} onClick={redo} />
        {count > 0 && (
          <button type="button" className="quiet small" title={m.filters.clearWhy} onClick={clearFilters}>
            {m.filters.clear}
          </button>
        )}
      </div>
    </section>
  )
}

/** How much of the total the filters left. */
function Kept({ profile, sampleType }: FilterProps) {
  const m = useMessages(messages)
  const kept = useStore((s) => s.answers.tree?.value.width[0] ?? 0)
  const type = profile.info.sampleTypes[sampleType]
  if (!type) return null
  return (
    <output className="kept">{m.filters.kept(formatValue(kept, type.unit), formatValue(type.total, type.unit))}</output>
  )
}
