import { keyLabels, shortKeyName, splitKeyName } from '../../core/layout/key-name.ts'
import { parseGoName } from '../../core/model/go-name.ts'
import type { Granularity } from '../../core/query/query-spec.ts'
import { useWords } from '../words/index.ts'
import table from './table.module.css'

/** What a row stands for, with the package of a function, or the folder of a file, in a lighter ink. */
export function FunctionName({ name, granularity }: { name: string; granularity: Granularity }) {
  const words = useWords()
  if (granularity === 'files' || granularity === 'packages') {
    // Many files bear one name; two folders tell nearly all of them apart.
    const { text, prefix } = keyLabels(name, granularity).find(({ text }) => text.split('/').length <= 3) ?? {
      text: name,
      prefix: 0,
    }
    return (
      <bdi title={name}>
        <span className={table.package}>{text.slice(0, prefix)}</span>
        {text.slice(prefix) || words.graph.unnamed}
      </bdi>
    )
  }
  const short = shortKeyName(name, granularity)
  const { shortPackage } = parseGoName(splitKeyName(name, granularity).code)
  const cut = shortPackage !== '' && short.startsWith(`${shortPackage}.`) ? shortPackage.length + 1 : 0
  return (
    <bdi title={name}>
      <span className={table.package}>{short.slice(0, cut)}</span>
      {short.slice(cut) || words.graph.unnamed}
      {granularity === 'addresses' && (
        <span className={table.package}> {name.replace(/^0*([0-9a-f]+) .*/s, '$1')}</span>
      )}
    </bdi>
  )
}
