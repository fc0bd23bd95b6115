/** One box for everything: functions by what they cost, views, filters, documents and actions, with their keys. */
import { Command } from 'cmdk'
import { useEffect, useState } from 'react'
import { formatShare } from '../../core/model/units.ts'
import { escapePattern, PRESETS } from '../../core/view/presets.ts'
import { asking } from '../../state/answers.ts'
import { currentDocument, currentProfile, isProfile, ownPathsOf, sampleTypeRow } from '../../state/store.ts'
import { pageOf } from '../../state/view-spec.ts'
import { chooseFiles } from '../files.ts'
import { messages as filterMessages } from '../filters/messages.ts'
import { messages as inspectorMessages } from '../inspector/messages.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useSession, useStore, useViews } from '../session.ts'
import { useTheme } from '../theme.ts'
import { FunctionName } from '../views/function-name.tsx'
import { tabsOf } from '../views/view-definition.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'
import styles from './palette.module.css'

/** Functions listed at most. */
const MOST = 12

interface Row {
  id: string
  label: string
  hint?: string
  run: () => void
}

interface FoundFunction {
  name: string
  share: number
}

/** The heaviest functions that hold the text; null while they are looked for. */
function useFunctions(text: string): readonly FoundFunction[] | null {
  const { askOnce, get } = useSession()
  const profile = useStore(currentProfile)
  const named = useStore((s) => s.answers.functions?.profile)
  const [found, setFound] = useState<{ text: string; functions: readonly FoundFunction[] } | null>(null)
  useEffect(() => {
    if (!profile) setFound({ text, functions: [] })
    // Until the sums are there, they are waited for.
    if (!profile || named?.id !== profile.id) return
    const abort = new AbortController()
    const wanted = () => !abort.signal.aborted
    const { view } = get()
    const sampleType = sampleTypeRow(profile.info, view.sampleType)
    const sort = { by: 'cum' as const, sampleType, desc: true }
    const total = profile.info.sampleTypes[sampleType]?.total ?? 0
    const request = { sampleType, sort, text, dropNegative: false, most: MOST, ...asking(named.query) }
    askOnce(profile, 'top', request, abort.signal).then(
      ({ row, cum }) => {
        if (!wanted()) return
        const functions = Array.from(row, (r, i) => ({
          name: named.names.get(r),
          share: total > 0 ? (cum[sampleType]?.[i] ?? 0) / total : 0,
        }))
        setFound({ text, functions })
      },
      () => wanted() && setFound({ text, functions: [] }),
    )
    return () => abort.abort()
  }, [askOnce, get, named, profile, text])
  return found?.text === text ? found.functions : null
}

export function Palette() {
  const session = useSession()
  const { closeDialog, get, inspect, pointAt } = session
  const m = useMessages(messages)
  const [typed, setTyped] = useState(() => get().typedAhead.text)
  const text = typed.trim()
  const functions = useFunctions(text)
  const groups = useGroups(text)
  const granularity = useStore((s) => s.answers.functions?.profile.query.granularity ?? 'functions')
  const close = () => closeDialog('palette')
  const run = (what: () => void) => {
    close()
    what()
  }
  const openFunction = (name: string) =>
    run(() => {
      pointAt(name)
      inspect('function')
    })
  // What was typed and confirmed at once takes the first row as soon as the functions are known.
  const [confirmed, setConfirmed] = useState(() => get().typedAhead.isConfirmed)
  const first = functions?.[0]?.name
  const other = groups[0]?.rows[0]
  // The first row is the one that Enter takes, whatever comes in above those that are there.
  const [marked, setMarked] = useState('')
  const top = first === undefined ? (other?.id ?? '') : `function ${first}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text begins at the first row, if it is the same one too
  useEffect(() => setMarked(top), [top, text])
  useEffect(() => {
    if (!confirmed || functions === null) return
    setConfirmed(false)
    if (first !== undefined) openFunction(first)
    else if (other) run(other.run)
  })
  return (
    <Dialog title={m.title} onClose={close}>
      <Command
        className={styles.palette}
        label={m.title}
        shouldFilter={false}
        loop
        value={marked}
        onValueChange={setMarked}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || functions !== null) return
          event.preventDefault()
          setConfirmed(true)
        }}
      >
        <Command.Input
          autoFocus
          className={styles.input}
          value={typed}
          onValueChange={setTyped}
          placeholder={m.placeholder}
        />
        <Command.List className={styles.list} label={m.title}>
          <Command.Empty className={styles.empty}>{m.nothing}</Command.Empty>
          {functions && functions.length > 0 && (
            <Command.Group heading={m.functions} className={styles.group}>
              {functions.map(({ name, share }) => (
                <Command.Item
                  key={name}
                  value={`function ${name}`}
                  className={styles.row}
                  onSelect={() => openFunction(name)}
                >
                  <span className={styles.label} title={name}>
                    <FunctionName name={name} granularity={granularity} />
                  </span>
                  <span className={styles.share}>{formatShare(share)}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {groups.map(({ heading, rows }) => (
            <Command.Group key={heading} heading={heading} className={styles.group}>
              {rows.map((row) => (
                <Command.Item key={row.id} value={row.id} className={styles.row} onSelect={() => run(row.run)}>
                  <span className={styles.label}>{row.label}</span>
                  {row.hint && <kbd>{row.hint}</kbd>}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}

/** All that is no function, as far as it holds the words of the text. */
function useGroups(text: string): { heading: string; rows: Row[] }[] {
  const session = useSession()
  const views = useViews()
  const m = useMessages(messages)
  const { filters } = useMessages(filterMessages)
  const inspector = useMessages(inspectorMessages)
  const language = useStore((s) => s.language)
  const documents = useStore((s) => s.documents)
  const document = useStore(currentDocument)
  const own = useStore(ownPathsOf)
  const theme = useTheme()
  const {
    addFilter,
    clearFilters,
    closeDocument,
    closeDocuments,
    inspect,
    openDialog,
    openPage,
    setPanel,
    setSearch,
    setTheme,
  } = session
  const profile = document && isProfile(document) ? document : null
  const words = text.toLowerCase().split(/\s+/)
  const holds = ({ label }: Row) => words.every((word) => label.toLowerCase().includes(word))
  const tabs = document ? tabsOf(views, document) : []
  const viewRows = tabs.flatMap((tab, place) =>
    tab.views.map((view, i): Row => {
      const title = tab.title[language]
      return {
        id: `view ${view.id}`,
        label: tab.views.length > 1 ? `${title}: ${view.title[language]}` : title,
        ...(i === 0 && place < 9 ? { hint: String(place + 1) } : {}),
        run: () => document && openPage(pageOf(views, view, document)),
      }
    }),
  )
  const inspectorRows = profile
    ? (['findings', 'function', 'source'] as const).map(
        (tab): Row => ({ id: `inspect ${tab}`, label: inspector.tabs[tab], run: () => inspect(tab) }),
      )
    : []
  const documentRows = documents.map(
    ({ id, name }): Row => ({ id: `document ${id}`, label: name, run: () => session.switchDocument(id) }),
  )
  const pattern = escapePattern(text)
  const textRows: Row[] =
    profile && text !== ''
      ? [
          { id: 'search text', label: m.search(text), hint: '/', run: () => setSearch(text) },
          { id: 'focus text', label: m.focus(text), run: () => addFilter('focus', pattern) },
          { id: 'hide text', label: m.hide(text), run: () => addFilter('hide', pattern) },
        ]
      : []
  const presetRows = profile
    ? PRESETS.map((preset): Row => {
        const run = () => {
          for (const { kind, text } of preset.filters(own)) addFilter(kind, text)
        }
        return { id: `preset ${preset.id}`, label: filters.presets[preset.id], run }
      })
    : []
  const action = (id: string, label: string, run: () => void, hint?: string): Row => ({
    id: `action ${id}`,
    label,
    run,
    ...(hint ? { hint } : {}),
  })
  const actionRows = [
    action('open', m.open, chooseFiles, 'o'),
    action('recents', m.recents, () => openDialog('recents')),
    ...(profile
      ? [
          action('export', m.export, () => openDialog('export'), 'e'),
          action('compare', m.compare, () => openDialog('compare')),
          action('clear', m.clearFilters, clearFilters),
          action('undo', m.undo, session.undo, 'Ctrl Z'),
          action('panel', m.panel, () => setPanel(!session.get().panelOpen), 'b'),
        ]
      : []),
    ...(document
      ? [
          action('share', m.share, () => openDialog('share'), 's'),
          action('close', m.close(document.name), () => closeDocument(document.id)),
        ]
      : []),
    ...(documents.length > 1
      ? [action('close all', m.closeAll, () => closeDocuments(documents.map(({ id }) => id)))]
      : []),
    action('theme', m.theme, () => setTheme(theme === 'dark' ? 'light' : 'dark'), 't'),
    action('help', m.help, () => openDialog('help'), '?'),
  ]
  return [
    { heading: m.views, rows: viewRows.filter(holds) },
    { heading: m.inspector, rows: inspectorRows.filter(holds) },
    { heading: m.documents, rows: documents.length > 1 ? documentRows.filter(holds) : [] },
    { heading: m.filters, rows: presetRows.filter(holds) },
    { heading: m.actions, rows: actionRows.filter(holds) },
    { heading: m.text, rows: textRows },
  ].filter(({ rows }) => rows.length > 0)
}
