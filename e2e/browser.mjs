/**
 * Which browsers the tests and measurements drive. Plain JavaScript, because scripts/test.mjs asks before anything is
 * transpiled.
 */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

/**
 * Path of Chromium's headless shell (Debian's chromium-headless-shell): the same engine without the windows around pages,
 * which saves the journeys processor time. Null without one, and where HOTZONE_CHROMIUM names what is to be used.
 * @returns {string | null}
 */
export function findHeadlessShell() {
  if (process.env.HOTZONE_CHROMIUM) return null
  const path = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'chromium-headless-shell'))
  return path.find((file) => existsSync(file)) ?? null
}

/**
 * Path of a Firefox: HOTZONE_FIREFOX, else firefox-esr or firefox on the path; null without one. Playwright's own build is
 * another browser: people have Mozilla's and their distribution's.
 * @returns {string | null}
 */
export function findFirefox() {
  const asked = process.env.HOTZONE_FIREFOX
  if (asked) {
    if (!existsSync(asked)) throw new Error(`HOTZONE_FIREFOX names ${asked}, which does not exist`)
    return asked
  }
  // What drives it is started as a program of its own, which needs a system that goes by the first line of a file.
  if (process.platform === 'win32') return null
  const folders = (process.env.PATH ?? '').split(delimiter)
  return (
    ['firefox-esr', 'firefox']
      .flatMap((name) => folders.map((folder) => join(folder, name)))
      .find((file) => existsSync(file)) ?? null
  )
}

/** Options to start it with. Playwright gives up where Firefox ESR does not know a command, so firefox-bridge.mjs stands between. */
export function firefoxOptions(path) {
  return {
    executablePath: fileURLToPath(new URL('firefox-bridge.mjs', import.meta.url)),
    env: { ...process.env, HOTZONE_FIREFOX: path },
    // Without the browser's own traffic.
    firefoxUserPrefs: {
      'services.settings.server': 'data:,#none',
      'app.normandy.enabled': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'toolkit.telemetry.enabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    },
  }
}

/** As findChromium, where nothing can go on without one. */
export function requireChromium() {
  const path = findChromium()
  if (!path) throw new Error('There is no Chromium; `npm test` installs one, or set HOTZONE_CHROMIUM')
  return path
}

/** Options to start a browser with. Throws when there is none. */
export function launchOptions() {
  return { executablePath: requireChromium(), args: browserArguments() }
}

/**
 * What the journeys start it with. Every page compiles the app anew; code that is not optimized besides takes a quarter
 * less processor time, even where a journey reads a large file. Measurements want the browser as people have it.
 */
export function journeyArguments() {
  return [...browserArguments(), '--js-flags=--max-opt=1']
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
