/** The bar of filters. Absent while there is nothing to show in it. */
import { useStore } from '../../state/store.ts'
import { FilterChips, type FilterProps } from './filter-chips.tsx'

export function FilterBar(props: FilterProps) {
  const shown = useStore(({ entry, view }) => {
    const { filters, transforms, granularity, noInlines, repair, mergeGenerics, mergeClosures } = view
    const options = granularity !== 'functions' || noInlines || repair || mergeGenerics || mergeClosures
    return entry !== null || filters.length + transforms.length > 0 || options
  })
  return shown ? <FilterChips {...props} /> : null
}
