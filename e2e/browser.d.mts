/** Path of a browser that is there, or null. */
export function findChromium(): string | null
/** Path of Chromium's headless shell, or null. */
export function findHeadlessShell(): string | null
/** Path of a Firefox that is there, or null. */
export function findFirefox(): string | null
/** How to start it. */
export function firefoxOptions(path: string): {
  executablePath: string
  env: Record<string, string>
  firefoxUserPrefs: Record<string, string | number | boolean>
}
/** As findChromium; throws when there is none. */
export function requireChromium(): string
/** How to start it; throws when there is none. */
export function launchOptions(): { executablePath: string; args: string[] }
/** What it is started with, whichever it is. */
export function browserArguments(): string[]
/** What the journeys start it with. */
export function journeyArguments(): string[]
