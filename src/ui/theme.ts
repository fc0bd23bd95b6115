/** The theme in use: the reader's choice, or the system's. `data-theme` on <html> carries it to CSS. */
import type { Session } from '../state/session.ts'
import { useStore } from './session.ts'

const isDark = (s: { theme: string; systemDark: boolean }) =>
  s.theme === 'dark' || (s.theme === 'system' && s.systemDark)

export function useTheme(): 'light' | 'dark' {
  return useStore(isDark) ? 'dark' : 'light'
}

/** Keeps <html data-theme> in step with the choice and the system; returns the function that stops. */
export function startTheme({ store }: Session): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => store.setState({ systemDark: system.matches })
  const apply = () => {
    document.documentElement.dataset.theme = isDark(store.getState()) ? 'dark' : 'light'
  }
  follow()
  apply()
  system.addEventListener('change', follow)
  const stop = store.subscribe(apply)
  return () => {
    system.removeEventListener('change', follow)
    stop()
  }
}
