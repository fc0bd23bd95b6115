/** Names of the rows of "Where it goes" for chips: they come when there is such a filter; until then chips show their texts. */
import { useEffect, useState } from 'react'
import { parseRowName } from '../../core/query/row-name.ts'
import { type WhereWords, whereRowName } from '../../core/where/words.ts'
import { useStore } from '../session.ts'
import { useCatalogue } from '../words/index.ts'

/** By the text of the filter; null = not known. */
export type RowNaming = (text: string) => string | null

export function useRowNames(wanted: boolean): RowNaming {
  const catalogue = useCatalogue()
  const language = useStore((s) => s.language)
  const [words, setWords] = useState<WhereWords | null>(null)
  useEffect(() => {
    let stopped = false
    if (wanted) {
      catalogue.whereWords(language).then(
        (loaded) => stopped || setWords(loaded),
        () => undefined,
      )
    }
    return () => {
      stopped = true
    }
  }, [catalogue, language, wanted])
  return (text) => {
    const row = words && parseRowName(text)
    return row ? whereRowName(row, words) : null
  }
}
