/**
 * npm test: in a fresh clone with only Node and npm, installs what is missing, checks, runs the unit tests, builds,
 * and drives the built app in a real browser. Ends with the names of what failed and one line: N passed, N failed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { bin, checkNode, ensureInstalled, root, say } from './ready.mjs'

checkNode()
ensureInstalled()

const { check } = await import('./check.mjs')
const { findChromium, findFirefox } = await import('../e2e/browser.mjs')
const reports = mkdtempSync(join(tmpdir(), 'hotzone-test-'))
const total = { passed: 0, failed: [] }

say('\nChecks')
// The build is one of the checks; the journeys run on it.
add(await check())

say('\nUnit, property and fuzz tests')
const unit = join(reports, 'unit.json')
run(bin('vitest/vitest.mjs'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unit}`)
add(countUnit(unit))

say('\nJourneys in the browser')
if (!isThere(findFirefox)) {
  say(
    'SKIPPED: there is no Firefox, so nothing is known about it. Install firefox-esr, or set HOTZONE_FIREFOX to its path.',
  )
}
if (isThere(findChromium) || installChromium()) {
  const journeys = join(reports, 'journeys.json')
  run(bin('@playwright/test/cli.js'), 'test', { HOTZONE_E2E_REPORT: journeys })
  add(countJourneys(journeys))
} else {
  say('No Chromium could be found or installed. Install Chromium or Chrome, or set HOTZONE_CHROMIUM to its path.')
  add({ passed: 0, failed: ['the journeys: there is no Chromium'] })
}

rmSync(reports, { recursive: true })
say('')
for (const name of total.failed) say(`FAIL ${name}`)
say(`${total.passed} passed, ${total.failed.length} failed`)
process.exit(total.failed.length === 0 ? 0 : 1)

function add({ passed, failed }) {
  total.passed += passed
  total.failed.push(...failed)
}

/** Runs a Node program with its output on screen; the last argument may be environment variables. */
function run(program, ...args) {
  const env = typeof args.at(-1) === 'object' ? args.pop() : {}
  const { error } = spawnSync(process.execPath, [program, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (error) say(String(error))
}

/** A file that failed before its tests began counts as one failed test, and so does a runner that left no report. */
function countUnit(path) {
  if (!existsSync(path)) return { passed: 0, failed: ['the unit tests: their runner left no report'] }
  const report = JSON.parse(readFileSync(path, 'utf8'))
  const failed = report.testResults.flatMap(({ name: file, status, message, assertionResults: tests }) => {
    const names = tests.filter((test) => test.status === 'failed').map(({ fullName }) => `: ${fullName}`)
    if (status === 'failed' && tests.length === 0) names.push(` did not start: ${message.split('\n')[0]}`)
    return names.map((name) => relative(root, file) + name)
  })
  // Errors outside of any test leave all tests green and the whole run red.
  if (failed.length === 0 && !report.success) failed.push('the unit tests: an error outside of any test')
  return { passed: report.numPassedTests, failed }
}

function countJourneys(path) {
  if (!existsSync(path)) return { passed: 0, failed: ['the journeys: their runner left no report'] }
  const { stats, errors, suites } = JSON.parse(readFileSync(path, 'utf8'))
  const ofStatus = (status) => journeysOf(suites).filter((journey) => journey.status === status)
  // On a busy machine a journey may need its second try; it is said, so that it gets looked at.
  for (const { name } of ofStatus('flaky')) say(`Passed at the second try: ${name}`)
  const failed = [...ofStatus('unexpected').map(({ name }) => name), ...errors.map(({ message }) => message)]
  return { passed: stats.expected + stats.flaky, failed }
}

/** All journeys of Playwright's report, whose suites hold others. */
function journeysOf(suites) {
  return suites.flatMap(({ suites = [], specs = [] }) => [
    ...specs.flatMap(({ file, title, tests }) => tests.map(({ status }) => ({ name: `${file}: ${title}`, status }))),
    ...journeysOf(suites),
  ])
}

/** A wrong HOTZONE_CHROMIUM or HOTZONE_FIREFOX is said and then treated as none. */
function isThere(find) {
  try {
    return find() !== null
  } catch (error) {
    say(error.message)
    return false
  }
}

/** Playwright's download where that works, else Debian's package; true when there is a browser afterwards. */
function installChromium() {
  if (process.env.HOTZONE_CHROMIUM) return false
  const root = process.getuid?.() === 0
  say('There is no Chromium yet, installing one…')
  run(bin('playwright/cli.js'), 'install', ...(root && process.platform === 'linux' ? ['--with-deps'] : []), 'chromium')
  if (findChromium()) return true
  if (!root || !existsSync('/etc/debian_version')) return false
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
  return findChromium() !== null
}
