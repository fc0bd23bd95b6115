/**
 * Which Chromium the tests and measurements drive. Plain JavaScript, because scripts/test.mjs asks before anything is
 * transpiled.
 */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * Path of a browser that is there: HOTZONE_CHROMIUM, else Playwright's own, else the system's; null without one.
 * @returns {string | null}
 */
export function findChromium() {
  const asked = process.env.HOTZONE_CHROMIUM
  if (asked) {
    if (!existsSync(asked)) throw new Error(`HOTZONE_CHROMIUM names ${asked}, which does not exist`)
    return asked
  }
  const own = chromium.executablePath()
  if (own && existsSync(own)) return own
  const path = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  return [...path, ...places].find((file) => existsSync(file)) ?? null
}

/** The same, where nothing can go on without one. */
export function requireChromium() {
  const path = findChromium()
  if (!path) throw new Error('There is no Chromium; `npm test` installs one, or set HOTZONE_CHROMIUM')
  return path
}

/** Options to start a browser with. Throws when there is none. */
export function launchOptions() {
  return { executablePath: requireChromium(), args: browserArguments() }
}

/** What Playwright switches off; the last list that a browser is given counts. */
const features = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
]

/** Without the sandbox where the user is root, since Chromium refuses otherwise, and without the browser's own traffic. */
export function browserArguments() {
  const quiet = [
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Pages of the browser's own that nobody sees in a headless one: each takes a process and a second of every new window.
    `--disable-features=${[...features, 'WebUIOmniboxPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxAimPopup'].join(',')}`,
  ]
  const root = process.getuid?.() === 0
  return root ? ['--no-sandbox', ...quiet] : quiet
}
