/** Benchmark texts as tables: the controls above, what could not be read, and the figures. */
import { useState } from 'react'
import { BENCHMARK, type BenchmarkInfo, type TextRequest } from '../../../core/benchmark/document.ts'
import { ALL_OTHERS, type BenchmarkTables, type Order, USUAL_KEYS } from '../../../core/benchmark/table.ts'
import { currentDocument, type OpenDocument, type Source } from '../../../state/store.ts'
import { copyText } from '../../clipboard.ts'
import { icons } from '../../parts/icons.tsx'
import { MenuButton, type MenuRow } from '../../parts/menu.tsx'
import { useField, useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { CopyMenu } from '../copy-menu.tsx'
import frame from '../view-frame.module.css'
import { Waiting } from '../view-frame.tsx'
import { Tables } from './benchmark-tables.tsx'
import styles from './benchmarks.module.css'
import { messages } from './messages.ts'
import { Problems } from './problems.tsx'
import { baseField, ignoreField, nameField, orderField, tableRequest } from './requests.ts'

export function BenchmarksView() {
  const document = useStore(currentDocument)
  return document?.kind === BENCHMARK ? <Benchmarks key={document.id} document={document} /> : null
}

function Benchmarks({ document }: { document: OpenDocument }) {
  const m = useMessages(messages)
  const { askOnce, get } = useSession()
  const answer = useStore((s) => s.answers['view:benchmarks'])
  const [copied, setCopied] = useState<boolean | null>(null)
  // The kind says what its info is, and what it answers.
  const info = document.info as BenchmarkInfo
  const shown = answer?.document.client === document.client ? answer : null
  const tables = (shown?.value ?? null) as BenchmarkTables | null

  const copy = async (form: TextRequest['form']) => {
    const { language, view } = get()
    const { most: _, ...request } = tableRequest(view.fields)
    const asked: TextRequest = { ...request, form, language }
    setCopied(
      await askOnce(document, 'ask', { question: 'text', args: asked }).then(
        (text) => copyText(text as string),
        () => false,
      ),
    )
  }

  return (
    <>
      <div className={`strip ${frame.strip} ${styles.strip}`}>
        {info.files.length > 1 && <BaseChoice info={info} />}
        <OrderChoice />
        <NameFilter />
        <span className={frame.note} role="status">
          {copied === null ? m.what(info.benchmarks, info.files.length) : copied ? m.copied : m.copyFailed}
        </span>
        <div className="strip-end">
          <CompareButton document={document} />
          <CopyMenu words={m} copy={(form) => void copy(form)} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={`graph-place ${styles.page}`} aria-label={m.name} tabIndex={0}>
        <Problems files={info.files} />
        <Apart keys={info.differing} />
        {tables?.all === 0 ? (
          <p className={styles.more}>{m.none}</p>
        ) : tables ? (
          <div className={shown?.state === 'stale' ? styles.stale : undefined}>
            <Tables files={info.files} {...tables} />
          </div>
        ) : (
          <Waiting />
        )}
        <p className={styles.legend}>{info.files.length > 1 ? m.legend : m.legendAlone}</p>
      </section>
    </>
  )
}

function BaseChoice({ info }: { info: BenchmarkInfo }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const base = useField(baseField)
  return (
    <label className={styles.choice}>
      <span>{m.base}</span>
      <select value={base} onChange={(event) => setField(baseField, Number(event.target.value))}>
        {info.files.map(({ label }, i) => (
          <option key={label} value={i}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

function OrderChoice() {
  const m = useMessages(messages)
  const { setField } = useSession()
  const order = useField(orderField)
  return (
    <label className={styles.choice}>
      <span>{m.order}</span>
      <select value={order} onChange={(event) => setField(orderField, event.target.value as Order)}>
        {Object.entries(m.orders).map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

function NameFilter() {
  const m = useMessages(messages)
  const { setField } = useSession()
  return (
    <input
      className={styles.filter}
      type="text"
      aria-label={m.filter}
      placeholder={m.filter}
      value={useField(nameField)}
      spellCheck={false}
      onChange={(event) => setField(nameField, event.target.value)}
    />
  )
}

/** Further columns: benchmark texts that are open, or files. */
function CompareButton({ document }: { document: OpenDocument }) {
  const m = useMessages(messages)
  const { compareBenchmarks } = useSession()
  const documents = useStore((s) => s.documents)
  const has = new Set(document.sources.map(({ id }) => id))
  const added = (other: OpenDocument): Source[] => other.sources.filter(({ id }) => !has.has(id))
  const chooseFiles = () => {
    const input = window.document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.onchange = () => {
      const files = [...(input.files ?? [])].map((file) => ({ name: file.name, file, address: null }))
      if (files.length > 0) void compareBenchmarks([...document.sources, ...files])
    }
    input.click()
  }
  const rows: MenuRow[] = documents
    .filter((other) => other.kind === BENCHMARK && added(other).length > 0)
    .map((other) => ({
      kind: 'item',
      label: m.compareWith(
        added(other)
          .map(({ name }) => name)
          .join(' + '),
      ),
      run: () => void compareBenchmarks([...document.sources, ...added(other)]),
    }))
  return (
    <MenuButton label={m.compare} rows={[...rows, { kind: 'item', label: m.chooseFiles, run: chooseFiles }]}>
      {m.compare}
      {icons.down}
    </MenuButton>
  )
}

/** Keys of the reader's own that are offered one by one. */
const MOST_KEYS = 6

/** By what results are kept apart. */
function Apart({ keys }: { keys: readonly string[] }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const ignored = useField(ignoreField)
  if (keys.length === 0) return null
  const others = keys.filter((key) => !USUAL_KEYS.includes(key))
  const offered = [...keys.filter((key) => USUAL_KEYS.includes(key)), ...others.slice(0, MOST_KEYS)]
  const toggle = (key: string) =>
    setField(ignoreField, ignored.includes(key) ? ignored.filter((k) => k !== key) : [...ignored, key])
  const choice = (key: string, label: string) => (
    <label key={key}>
      <input type="checkbox" checked={!ignored.includes(key)} onChange={() => toggle(key)} />
      <span>
        <bdi>{label}</bdi>
      </span>
    </label>
  )
  return (
    <fieldset className={styles.apart}>
      <legend>{m.apart}</legend>
      {offered.map((key) => choice(key, key))}
      {others.length > 1 && choice(ALL_OTHERS, m.otherKeys(others.length))}
      <p>{m.apartWhy}</p>
    </fieldset>
  )
}
