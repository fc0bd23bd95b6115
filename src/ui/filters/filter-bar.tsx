/** The bar of filters. Absent, and not even loaded, while there is nothing to show in it. */
import { lazy, Suspense } from 'react'
import { useStore } from '../../state/store.ts'
import type { FilterProps } from './filter-chips.tsx'

const FilterChips = lazy(async () => ({ default: (await import('./filter-chips.tsx')).FilterChips }))

export function FilterBar(props: FilterProps) {
  const shown = useStore(({ entry, view }) => {
    const { filters, transforms, granularity, noInlines, repair, mergeGenerics, mergeClosures } = view
    const options = granularity !== 'functions' || noInlines || repair || mergeGenerics || mergeClosures
    return entry !== null || filters.length + transforms.length > 0 || options
  })
  return shown ? (
    <Suspense fallback={<div className="filters" />}>
      <FilterChips {...props} />
    </Suspense>
  ) : null
}
