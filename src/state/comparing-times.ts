/** Two times of one trace, compared. */
import { COMPARISON } from '../core/documents/document.ts'
import { defaultView, querySpecOf } from '../core/view/view-state.ts'
import { gzip } from './exporting.ts'
import type { Session } from './session.ts'
import { type OpenDocument, type OpenedProfile, sampleTypeRow } from './store.ts'

/** A time as queries say it, and what its profile is called. */
export interface NamedTime {
  time: string
  name: string
}

/**
 * Makes a profile of each time, with nothing filtered out, and a comparison of them that shows the sample type on screen.
 * Null where it could not be made, which is said.
 */
export function compareTimes(
  document: OpenedProfile,
  times: readonly [base: NamedTime, current: NamedTime],
  { askOnce, get, openFetched }: Pick<Session, 'askOnce' | 'get' | 'openFetched'>,
): Promise<OpenDocument | null> {
  const { sampleType, order } = get().view
  const profileOf = async ({ time, name }: NamedTime) => {
    const { bytes } = await askOnce(document, 'export', {
      exporter: 'pprof',
      name,
      sampleType: sampleTypeRow(document.info, sampleType),
      order,
      query: { ...querySpecOf(defaultView()), time },
    })
    return { name, file: await gzip(bytes), address: null }
  }
  const name = times.map((one) => one.name).join(' → ')
  const both = async () => ({ sources: await Promise.all(times.map(profileOf)), kind: COMPARISON })
  return openFetched(name, both, { view: { ...defaultView(), sampleType } })
}
