/** What shows a document is not needed for the first screen, so its code comes right after that, ahead of the first file. */
import { menuPanel, popoverPanel } from '../parts/floating.ts'
import { lazily, whenIdle } from '../parts/lazily.tsx'
import { preloadFlame } from '../views/flame/index.ts'

export const searchBox = lazily(async () => (await import('../bar/search-box.tsx')).SearchBox)

export const workspace = lazily(async () => {
  const [{ warmUp, Workspace }] = await Promise.all([import('./workspace.tsx'), preloadFlame(), searchBox.preload()])
  setTimeout(warmUp)
  return Workspace
})

/** What hangs over the page, once nothing else is to be done. */
export function preloadPanels(): void {
  whenIdle(menuPanel)
  whenIdle(popoverPanel)
}
