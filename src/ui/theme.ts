/** The theme in use: the reader's choice, or the system's. `data-theme` on <html> carries it to CSS. */
import { useStore } from '../state/store.ts'

const isDark = (s: { theme: string; systemDark: boolean }) =>
  s.theme === 'dark' || (s.theme === 'system' && s.systemDark)

export function useTheme(): 'light' | 'dark' {
  return useStore(isDark) ? 'dark' : 'light'
}

/** Keeps <html data-theme> in step with the choice and the system; returns the function that stops. */
export function startTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => useStore.setState({ systemDark: system.matches })
  const apply = () => {
    document.documentElement.dataset.theme = isDark(useStore.getState()) ? 'dark' : 'light'
  }
  follow()
  apply()
  system.addEventListener('change', follow)
  const stop = useStore.subscribe(apply)
  return () => {
    system.removeEventListener('change', follow)
    stop()
  }
}
