/** One component shows both: what is asked of the engine tells them apart. */
import { BOTTOM_UP } from '../../../core/view/view-state.ts'
import { acceptsAll, type ViewDefinition } from '../view-definition.ts'
import { FlameView } from './flame-view.tsx'

export const flameView: ViewDefinition = {
  id: 'flame',
  title: { en: 'Flame', zh: '火焰图' },
  accepts: acceptsAll,
  Component: FlameView,
}

export const bottomUpView: ViewDefinition = {
  id: BOTTOM_UP,
  title: { en: 'Bottom-up', zh: '自底向上' },
  accepts: acceptsAll,
  Component: FlameView,
}
