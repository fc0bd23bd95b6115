/** Where the total went, line by line, so that it adds up: boxes, boxes too small, what each filter took away. */
import { useEffect, useState } from 'react'
import { tooSmall } from '../../core/layout/too-small.ts'
import { formatExact, formatShare, formatValue } from '../../core/model/units.ts'
import type { Account } from '../../core/query/accounting.ts'
import type { CallTree } from '../../core/query/call-tree.ts'
import type { NamedProfile } from '../../state/store.ts'
import { useSession } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { filterWords, spoken, transformWords } from './filter-words.ts'
import { messages } from './messages.ts'
import { useRowNames } from './use-row-names.ts'

export interface AccountProps {
  profile: NamedProfile
  sampleType: number
  tree: CallTree
}

/** Boxes narrower than this are merged into runs. */
const MIN_BOX = 2

type Known = { state: 'wait' } | { state: 'failed' } | { state: 'there'; accounts: readonly Account[] }

export function AccountSums({ profile, sampleType, tree }: AccountProps) {
  const { accountsOf } = useSession()
  const m = useMessages(messages)
  const [known, setKnown] = useState<Known>(
    profile.accounts ? { state: 'there', accounts: profile.accounts } : { state: 'wait' },
  )
  const { query } = profile
  useEffect(() => {
    let gone = false
    accountsOf(profile, query).then(
      (accounts) => gone || setKnown({ state: 'there', accounts }),
      () => gone || setKnown({ state: 'failed' }),
    )
    return () => {
      gone = true
    }
  }, [profile, query, accountsOf])
  const rowName = useRowNames(query.filters.some((filter) => filter.kind === 'where'))
  const account = known.state === 'there' ? known.accounts[sampleType] : undefined
  if (!account) return <p>{known.state === 'wait' ? m.account.waiting : m.account.failed}</p>

  const { unit = '' } = profile.info.sampleTypes[sampleType] ?? {}
  const small = tooSmall(tree, document.querySelector('.work-main .flame')?.clientWidth ?? innerWidth, MIN_BOX)
  const steps = [
    ...query.filters.map((f) => spoken(filterWords(m, f, rowName))),
    ...query.transforms.map((t) => spoken(transformWords(m, t, query.granularity))),
  ]
  const rows: [string, number][] = [
    [m.account.boxes, account.shown - small],
    [m.account.small, small],
    ...steps
      .map((step, i): [string, number] => [m.account.filtered(step), account.filtered[i] ?? 0])
      .filter(([, value]) => value !== 0),
  ]
  const share = (value: number) => formatShare(account.total > 0 ? value / account.total : 0)
  return (
    <>
      <table className="account">
        <tbody>
          {rows.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td title={formatExact(value, unit)}>{formatValue(value, unit)}</td>
              <td>{share(value)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{m.account.total}</th>
            <td title={formatExact(account.total, unit)}>{formatValue(account.total, unit)}</td>
            <td>{share(account.total)}</td>
          </tr>
        </tfoot>
      </table>
      <Cut account={account} repair={query.repair} format={(v) => formatValue(v, unit)} share={share} />
    </>
  )
}

interface CutProps {
  account: Account
  repair: boolean
  format: (value: number) => string
  share: (value: number) => string
}

/** What of it was recorded with a cut stack, and whether the missing callers are looked for. */
function Cut({ account, repair, format, share }: CutProps) {
  const { toggleName } = useSession()
  const m = useMessages(messages)
  const w = m.account
  const { truncated, truncatedSamples, repaired, repairedSamples } = account
  if (truncatedSamples + repairedSamples === 0 && !repair) return <p>{w.uncut}</p>
  const left = [truncatedSamples, format(truncated), share(truncated)] as const
  return (
    <>
      <p>
        {repair
          ? `${w.repaired(repairedSamples, format(repaired), share(repaired))} ${w.unrepaired(...left)}`
          : w.cut(...left)}
      </p>
      <label className="account-repair">
        <input type="checkbox" checked={repair} onChange={() => toggleName('repair')} />
        {w.repair}
      </label>
    </>
  )
}
