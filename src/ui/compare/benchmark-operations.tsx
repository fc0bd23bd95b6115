/** Operations of the profiles of a comparison, from the texts of `go test -bench` that are open beside it. */
import { useEffect, useState } from 'react'
import { BENCHMARK } from '../../core/benchmark/document.ts'
import { functionAmong } from '../../core/benchmark/names.ts'
import type { BenchmarkOperations } from '../../core/benchmark/operations.ts'
import type { Pair } from '../../core/query/pair.ts'
import { currentProfile } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { MenuButton } from '../parts/menu.tsx'
import { useSession, useStore } from '../session.ts'
import { benchmarksIn } from '../views/benchmarks/benchmarks-in.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'

/** By the row of a source: the benchmarks that it holds and that a text tells how often they ran. */
export function useBenchmarkOperations({ base, current }: Pair): ReadonlyMap<number, readonly BenchmarkOperations[]> {
  const session = useSession()
  const documents = useStore((s) => s.documents)
  const comparison = useStore((s) => currentProfile(s)?.id)
  const [found, setFound] = useState<ReadonlyMap<number, readonly BenchmarkOperations[]>>(new Map())
  useEffect(() => {
    let gone = false
    async function look() {
      const profile = currentProfile({ documents, current: comparison ?? null })
      const texts = documents.filter(({ kind }) => kind === BENCHMARK)
      if (!profile || texts.length === 0) return new Map()
      const asked = texts.map((text) => session.askOnce(text, 'ask', { question: 'operations', args: null }))
      const all = ((await Promise.all(asked)) as BenchmarkOperations[][]).flat()
      const sources = base === null ? [current] : [base, current]
      return new Map(
        await Promise.all(
          sources.map(async (source) => {
            const functions = await benchmarksIn(profile, session, source)
            const fitting = all.filter(({ name, pkg }) => functionAmong(functions, name, pkg) !== undefined)
            return [source, fitting] as const
          }),
        ),
      )
    }
    look().then(
      (map) => gone || setFound(map),
      // Counts can be typed in all the same.
      () => gone || setFound(new Map()),
    )
    return () => {
      gone = true
    }
  }, [documents, comparison, session, base, current])
  return found
}

interface Props {
  label: string
  offered: readonly BenchmarkOperations[] | undefined
  onCount: (count: number) => void
}

export function OperationsMenu({ label, offered = [], onCount }: Props) {
  const words = useWords()
  const m = useMessages(messages)
  if (offered.length === 0) return null
  const format = new Intl.NumberFormat(words.locale)
  return (
    <MenuButton
      label={label}
      name={label}
      rows={[
        { kind: 'heading', label: m.fromTextWhy },
        ...offered.map(({ name, file, runs, operations }) => ({
          kind: 'item' as const,
          label: m.benchmarkRuns(name, format.format(operations)),
          hint: m.benchmarkFile(file, runs),
          run: () => onCount(operations),
        })),
      ]}
    >
      {m.fromText}
      {icons.down}
    </MenuButton>
  )
}
