import type { Plugin } from 'vite'

/** Plugins of the build for what happens before the app's own code runs. */
export function earlyStart(): Plugin[]
