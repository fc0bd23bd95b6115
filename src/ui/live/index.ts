/** What the page says of services that run, where its server offers some; all of it is loaded only there. */
import { serverOffer } from '../../state/server.ts'
import { lazily } from '../parts/lazily.tsx'

export const live = serverOffer()?.live
  ? lazily<{ isPage: boolean }>(async () => (await import('./live.tsx')).Live)
  : null
