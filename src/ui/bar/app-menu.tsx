import { INVESTIGATION } from '../../core/documents/document.ts'
import { LANGUAGES, languages } from '../../core/zones/words/languages.ts'
import { currentDocument, currentProfile, isProfile, profilesOf, type ThemeChoice } from '../../state/store.ts'
import { chooseFiles } from '../files.ts'
import { chooseLanguage } from '../language.ts'
import { icons } from '../parts/icons.tsx'
import { MenuButton, type MenuRow } from '../parts/menu.tsx'
import { useSession, useStore, useView } from '../session.ts'
import { useCatalogue, useWords } from '../words/index.ts'
import { useColorRows } from '../work/color-rows.ts'

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark']

export function AppMenu() {
  const session = useSession()
  const { closeDocument, flip, openDialog, setOrder, setTheme } = session
  const words = useWords()
  const catalogue = useCatalogue()
  const colors = useColorRows(useStore((s) => currentProfile(s)?.info))
  const theme = useStore((s) => s.theme)
  const language = useStore((s) => s.language)
  const view = useView('flipped', 'order')
  const document = useStore(currentDocument)
  const several = useStore((s) => profilesOf(s).filter(({ sources }) => sources.length === 1).length > 1)

  const documents = useStore((s) => s.documents)
  const parts = documents.filter(({ kind }) => kind !== INVESTIGATION)

  const rows: MenuRow[] = [
    { kind: 'item', label: words.menu.open, hint: 'o', run: chooseFiles },
    { kind: 'item', label: words.menu.recents, run: () => openDialog('recents') },
  ]
  const merge: MenuRow = { kind: 'item', label: words.menu.merge, run: () => void session.mergeProfiles() }
  const story: MenuRow = { kind: 'item', label: words.menu.story, run: () => void session.investigate(parts) }
  const compare: MenuRow = { kind: 'item', label: words.menu.compare, run: () => openDialog('compare') }
  if (document && isProfile(document)) {
    const comparable = document.kind === 'comparison' || document.sources.length === 1
    rows.push(
      { kind: 'item', label: words.menu.exportFile, hint: 'e', run: () => openDialog('export') },
      { kind: 'item', label: words.menu.closeProfile, run: () => closeDocument(document.id) },
      ...(comparable ? [compare] : []),
      ...(several ? [merge] : []),
      ...(parts.length > 1 ? [story] : []),
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
  } else if (document) {
    rows.push({
      kind: 'item',
      label: words.bar.closeProfile(document.name),
      run: () => closeDocument(document.id),
    })
    if (parts.length > 1) rows.push(story)
  }
  // Narrow screens have no room for the button above the graph.
  if (!matchMedia('(min-width: 640px)').matches) rows.push(...colors)
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
  for (const choice of languages) {
    rows.push({
      kind: 'choice',
      label: LANGUAGES[choice].name,
      checked: language === choice,
      run: () => chooseLanguage(session, catalogue, choice),
    })
  }
  rows.push({ kind: 'line' }, { kind: 'item', label: words.menu.help, hint: '?', run: () => openDialog('help') })

  return (
    <MenuButton label={words.bar.menu} name={words.bar.menu} rows={rows} className="quiet square">
      {icons.menu}
    </MenuButton>
  )
}
