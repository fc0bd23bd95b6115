/** What menus and popovers are made of is not needed before somebody opens one. */
import { lazily } from './lazily.tsx'

const load = () => import('./panels.tsx')
export const menuPanel = lazily(async () => (await load()).MenuPanel)
export const popoverPanel = lazily(async () => (await load()).PopoverPanel)
