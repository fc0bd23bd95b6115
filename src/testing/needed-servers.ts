/** Tests with real servers that Debian packages: CI installs those and requires them, elsewhere what lacks one is skipped, aloud. */

/** missing: programs that are not there, '' = none. False where the tests of `what` cannot run; throws where they have to. */
export function canRun(what: string, missing: string): boolean {
  if (missing === '') return true
  if (process.env.CI && process.env.HOTZONE_REQUIRE_SERVERS === '1') throw new Error(`${what}: there is no ${missing}`)
  console.warn(`SKIPPED: ${what}. There is no ${missing}.`)
  return false
}
