import { useRef, useState } from 'react'
import { flip, openDialog, setOrder, setTheme } from '../../state/actions.ts'
import { closeProfile } from '../../state/opening.ts'
import { type Language, type ThemeChoice, useStore } from '../../state/store.ts'
import { chooseFiles } from '../files.ts'
import { chooseLanguage } from '../language.ts'
import { icons } from '../parts/icons.tsx'
import { Menu, type MenuRow } from '../parts/menu.tsx'
import { languages, words } from '../words/index.ts'

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark']

export function AppMenu() {
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  const theme = useStore((s) => s.theme)
  const language = useStore((s) => s.language)
  const view = useStore((s) => s.view)
  const current = useStore((s) => s.current)

  const rows: MenuRow[] = [
    { kind: 'item', label: words.menu.open, hint: 'o', run: chooseFiles },
    { kind: 'item', label: words.menu.recents, run: () => openDialog('recents') },
  ]
  if (current !== null) {
    rows.push(
      { kind: 'item', label: words.menu.closeProfile, run: () => closeProfile(current) },
      { kind: 'line' },
      { kind: 'heading', label: words.menu.root },
      { kind: 'choice', label: words.order.rootTop, checked: !view.flipped, run: () => view.flipped && flip() },
      {
        kind: 'choice',
        label: words.order.rootBottom,
        hint: 'i',
        checked: view.flipped,
        run: () => view.flipped || flip(),
      },
      { kind: 'heading', label: words.menu.order },
      { kind: 'choice', label: words.order.size, checked: view.order === 'size', run: () => setOrder('size') },
      { kind: 'choice', label: words.order.name, checked: view.order === 'name', run: () => setOrder('name') },
    )
  }
  rows.push({ kind: 'line' }, { kind: 'heading', label: words.menu.theme })
  for (const choice of THEMES) {
    rows.push({
      kind: 'choice',
      label: words.menu.themes[choice],
      checked: theme === choice,
      run: () => setTheme(choice),
    })
  }
  rows.push({ kind: 'line' }, { kind: 'heading', label: words.menu.language })
  for (const choice of Object.keys(languages) as Language[]) {
    rows.push({
      kind: 'choice',
      label: languages[choice].name,
      checked: language === choice,
      run: () => chooseLanguage(choice),
    })
  }
  rows.push({ kind: 'line' }, { kind: 'item', label: words.menu.help, hint: '?', run: () => openDialog('help') })

  return (
    <>
      <button
        ref={button}
        type="button"
        className="quiet square"
        aria-label={words.bar.menu}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        // A press closes the open menu; the click that follows must not open it again.
        onPointerDown={() => {
          wasOpen.current = at !== null
        }}
        onClick={() => {
          const box = button.current?.getBoundingClientRect()
          setAt(at || wasOpen.current || !box ? null : { x: box.right, y: box.bottom + 6 })
          wasOpen.current = false
        }}
      >
        {icons.menu}
      </button>
      {at && <Menu label={words.bar.menu} rows={rows} x={at.x} y={at.y} align="right" onClose={() => setAt(null)} />}
    </>
  )
}
