/** Path of a browser that is there, or null. */
export function findChromium(): string | null
/** How to start it; throws when there is none. */
export function launchOptions(): { executablePath: string; args: string[] }
