/** Services that run: a page of what they have, and a bar above documents. */
import { useState } from 'react'
import { createLive } from '../../state/live/live.ts'
import { serverOffer } from '../../state/server.ts'
import { useSession } from '../session.ts'
import { LiveBar } from './live-bar.tsx'
import { LivePage } from './live-page.tsx'
import { LiveProvider } from './use-live.ts'

/** isPage: there is no document on screen. */
export function Live({ isPage }: { isPage: boolean }) {
  const session = useSession()
  // What is under way goes on under every document.
  const [live] = useState(() => createLive(session, serverOffer()?.live?.services ?? []))
  return <LiveProvider value={live}>{isPage ? <LivePage /> : <LiveBar />}</LiveProvider>
}
