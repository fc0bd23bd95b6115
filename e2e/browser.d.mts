/** Path of a browser that is there, or null. */
export function findChromium(): string | null
/** The same; throws when there is none. */
export function requireChromium(): string
/** How to start it; throws when there is none. */
export function launchOptions(): { executablePath: string; args: string[] }
/** What it is started with, whichever it is. */
export function browserArguments(): string[]
