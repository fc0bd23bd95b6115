/** One component shows both: what is asked of the engine tells them apart. */
import { BOTTOM_UP } from '../../../core/view/view-state.ts'
import { acceptsProfiles, type ViewContext } from '../../../state/view-spec.ts'
import { lazily } from '../../parts/lazily.tsx'
import { topRequests } from '../top/requests.ts'
import type { ViewDefinition } from '../view-definition.ts'

const both = {
  accepts: acceptsProfiles,
  fields: [],
  // Trees are asked for whatever view is on screen; here the table of functions may stand beside.
  requests: (context: ViewContext) => (context.view.tablePaneOpen ? topRequests(context) : []),
  ...lazily(async () => (await import('./flame-view.tsx')).FlameView),
}

export const preloadFlame = both.preload

const tab = { title: { en: 'Flame', zh: '火焰图' } }

export const flameView: ViewDefinition = { id: 'flame', title: { en: 'Top-down', zh: '自顶向下' }, tab, ...both }

export const bottomUpView: ViewDefinition = { id: BOTTOM_UP, title: { en: 'Bottom-up', zh: '自底向上' }, tab, ...both }
