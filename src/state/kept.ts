/** The documents that this browser keeps, and the list of them. */
import type { Address } from './address.ts'
import type { Clock } from './environment.ts'
import type { Notices } from './notices.ts'
import type { BrowserStorage } from './storage.ts'
import { isProfile, type OpenDocument, type Recent, type Store } from './store.ts'

interface Needs {
  store: Store
  storage: BrowserStorage
  clock: Clock
  address: Address
  notify: Notices['notify']
}

export function createKept({ store, storage, clock, address, notify }: Needs) {
  const { getState, setState, subscribe } = store

  async function remember(document: OpenDocument): Promise<void> {
    // The picture comes first.
    await clock.painted()
    const { sources } = document
    const info = isProfile(document) ? document.info : null
    const type = info?.sampleTypes[info.defaultSampleType]
    const row: Recent = {
      id: document.id,
      name: document.name,
      document: document.kind,
      sources: sources.map(({ id, name, sealed }) => ({ id, name, ...(sealed && { sealed }) })),
      size: sources.reduce((sum, { file }) => sum + file.size, 0),
      date: clock.now(),
      kind: info?.kind ?? null,
      total: type?.total ?? 0,
      unit: type?.unit ?? '',
      zone: getState().recents?.find((r) => r.id === document.id)?.zone ?? null,
    }
    const kept = await storage.keep(row, sources)
    // For whoever measures or drives the page: from here on a reload brings the profile back, if it can be kept.
    performance.mark('remembered')
    if (kept) {
      setKept(document.id, true)
      address.commit('replace')
    } else if (!document.kept) notify({ kind: 'not-kept', name: document.name })
    await refreshRecents()
  }

  function setKept(id: string, kept: boolean): void {
    setState((s) => ({ documents: s.documents.map((d) => (d.id === id ? { ...d, kept } : d)) }))
  }

  async function refreshRecents(): Promise<void> {
    const rows = await storage.listKept()
    setState({ recents: rows ?? [], canKeep: rows !== null })
  }

  async function forgetKept(id: string): Promise<void> {
    await storage.forget(id)
    setKept(id, false)
    await refreshRecents()
  }

  /** Once the zones are known the list of kept profiles can name the hottest. Returns the function that stops it. */
  function startRemembering(): () => void {
    return subscribe((s, before) => {
      const answer = s.answers.zones
      if (!answer || answer === before.answers.zones || answer.state !== 'current') return
      if (answer.sampleType !== answer.profile.info.defaultSampleType) return
      const hottest = answer.value.zones.filter((z) => z.state === 'found').sort((a, b) => b.share - a.share)[0]
      const zone = hottest ? { id: hottest.id, share: hottest.share } : null
      void storage.amendKept(answer.profile.id, { zone }).then(refreshRecents)
    })
  }

  return { remember, refreshRecents, forgetKept, startRemembering }
}

export type KeptDocuments = ReturnType<typeof createKept>
