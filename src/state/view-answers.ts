/** What each view other than the flame graph asks of the engine, while it is on screen. */
import { objectsOf, type TopSort } from '../core/query/top.ts'
import type { Ask } from './answers.ts'
import { currentNames, currentQuery, rowOf } from './current-query.ts'
import { type AppState, type OpenedProfile, type ProfileInfo, sampleTypeName } from './store.ts'

/** "flat", "cum", "mean" or "name", of the present sample type or, behind a dot, of another; "-" = ascending. */
export function readSort(text: string, info: ProfileInfo, sampleType: number): TopSort {
  const [, minus, by, name] = /^(-?)(flat|cum|mean|name)(?:\.(.*))?$/.exec(text) ?? ['', '', 'flat', undefined]
  const asked = name === undefined ? -1 : info.sampleTypes.findIndex((_, i) => sampleTypeName(info, i) === name)
  const type = asked < 0 ? sampleType : asked
  const measure = by as TopSort['by']
  if (measure === 'mean' && objectsOf(info.sampleTypes, type) < 0) return { by: 'flat', sampleType, desc: true }
  return { by: measure, sampleType: type, desc: minus === '' }
}

type Asker = (ask: Ask, s: AppState, profile: OpenedProfile, sampleType: number) => void

const askers: Readonly<Record<string, Asker>> = {
  top: (ask, s, profile, sampleType) => {
    const sort = readSort(s.view.sort, profile.info, sampleType)
    void ask('top', profile, sampleType, 'top', { sampleType, sort, text: s.view.rows, query: currentQuery(s) })
  },
  function: (ask, s, profile, sampleType) => {
    const row = rowOf(currentNames(profile, s), s.view.func)
    if (row < 0) return
    const { order } = s.view
    void ask('sandwich', profile, sampleType, 'sandwich', { sampleType, order, row, query: currentQuery(s) })
  },
}

export function askForView(ask: Ask, s: AppState, profile: OpenedProfile, sampleType: number): void {
  askers[s.view.view]?.(ask, s, profile, sampleType)
}
