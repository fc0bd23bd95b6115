/** What shows a profile is not needed for the first screen, so its code comes right after that, ahead of the first file. */
import type { ComponentType } from 'react'

let loaded: ComponentType | null = null

export async function loadWorkspace(): Promise<{ default: ComponentType }> {
  const { warmUp, Workspace } = await import('./workspace.tsx')
  loaded = Workspace
  setTimeout(warmUp)
  return { default: Workspace }
}

export function loadedWorkspace(): ComponentType | null {
  return loaded
}
