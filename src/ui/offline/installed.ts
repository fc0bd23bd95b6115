/** What a page does that is kept for times without a network, or installed as a program. Starts when all else is done. */
import type { Session } from '../../state/session.ts'
import { isThisMachine } from '../this-machine.ts'

/** Chromium's way to hand over the files that an installed app was opened with. */
interface LaunchQueue {
  setConsumer(consumer: (params: { files?: readonly { getFile(): Promise<File> }[] }) => void): void
}

const HOUR = 3_600_000

export function startInstalled(session: Session): void {
  openLaunchedFiles(session)
  // Not on this machine's own addresses: there `hotzone`, `npm start` and other programs come and go on the same port, and
  // a page of another version must not answer for them. Elsewhere browsers ask for https themselves.
  if ('serviceWorker' in navigator && !isThisMachine(location.hostname)) {
    // Without it the app works as long as there is a network.
    keepApp(session).catch(() => {})
  }
}

function openLaunchedFiles({ openFiles }: Session): void {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue }
  launchQueue?.setConsumer(async ({ files = [] }) => {
    if (files.length > 0) await openFiles(await Promise.all(files.map((file) => file.getFile())))
  })
}

/** Nothing is loaded anew before the reader says so: a profile may be open. */
async function keepApp({ notify }: Session): Promise<void> {
  const registration = await navigator.serviceWorker.register('./sw.js', { updateViaCache: 'none' })
  const tell = () => {
    // The first version of all waits for nobody.
    if (registration.waiting && navigator.serviceWorker.controller) notify({ kind: 'new-version' })
  }
  // One may have been found before this page got here.
  const follow = () => registration.installing?.addEventListener('statechange', tell)
  tell()
  follow()
  registration.addEventListener('updatefound', follow)
  setInterval(() => void registration.update().catch(() => {}), HOUR)
}

/** Loads this page with the version that waits. Other tabs stay as they are until they are loaded anew. */
export async function loadNewVersion(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  if (!registration?.waiting) return location.reload()
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  registration.waiting.postMessage('use this version')
}
