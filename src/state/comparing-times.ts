/** Two times of one trace, compared. */
import { COMPARISON } from '../core/documents/document.ts'
import { defaultView, querySpecOf } from '../core/view/view-state.ts'
import { gzip } from './exporting.ts'
import type { Session } from './session.ts'
import { isProfile, type OpenDocument, sampleTypeRow } from './store.ts'

/** A time as queries say it, and what its profile is called. */
export interface NamedTime {
  time: string
  name: string
}

/**
 * Makes a profile of each time, with nothing filtered out, and a comparison of them that shows the sample type on screen.
 * Null where it could not be made, which is said. Rejects where a profile could not be written.
 */
export async function compareTimes(
  document: OpenDocument,
  times: readonly [base: NamedTime, current: NamedTime],
  { askOnce, get, makeOne }: Pick<Session, 'askOnce' | 'get' | 'makeOne'>,
): Promise<OpenDocument | null> {
  if (!isProfile(document)) return null
  const { sampleType, order } = get().view
  const sources = await Promise.all(
    times.map(async ({ time, name }) => {
      const { bytes } = await askOnce(document, 'export', {
        exporter: 'pprof',
        name,
        sampleType: sampleTypeRow(document.info, sampleType),
        order,
        query: { ...querySpecOf(defaultView()), time },
      })
      return { name, file: await gzip(bytes), address: null }
    }),
  )
  const view = { ...defaultView(), sampleType }
  return makeOne(sources, COMPARISON, times.map(({ name }) => name).join(' → '), { view })
}
