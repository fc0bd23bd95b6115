/** The button that opens the sums of what the filters kept and dropped. They are loaded when it is first pressed. */
import { lazy, Suspense } from 'react'
import { typeLabel } from '../bar/type-switch.tsx'
import { icons } from '../parts/icons.tsx'
import { Popover } from '../parts/popover.tsx'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import type { AccountProps } from './account-sums.tsx'
import { messages } from './messages.ts'

const AccountSums = lazy(async () => ({ default: (await import('./account-sums.tsx')).AccountSums }))

export function AccountButton(props: AccountProps) {
  const words = useWords()
  const m = useMessages(messages)
  return (
    <Popover
      label={m.account.button}
      title={m.account.title(typeLabel(words, props.profile.info, props.sampleType))}
      face={icons.sum}
    >
      <Suspense fallback={<p>{m.account.waiting}</p>}>
        <AccountSums {...props} />
      </Suspense>
    </Popover>
  )
}
