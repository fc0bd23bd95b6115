/** The bar of filters. Absent while there is nothing to show in it. */

import { useStore } from '../session.ts'
import { FilterChips, type FilterProps } from './filter-chips.tsx'
import { useOptions } from './option-chips.tsx'

export function FilterBar(props: FilterProps) {
  const asked = useStore(({ entry, view }) => entry !== null || view.filters.length + view.transforms.length > 0)
  const options = useOptions()
  return asked || options.length > 0 ? <FilterChips {...props} options={options} /> : null
}
