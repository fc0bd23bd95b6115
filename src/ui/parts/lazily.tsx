import { type ComponentType, lazy, useState, useSyncExternalStore } from 'react'

export interface Lazily<Props extends object> {
  Component: ComponentType<Props>
  /** Loads its code ahead of need. Rejects where it cannot be loaded; the next call tries again. */
  preload(): Promise<void>
  /** A hook for what shows something else meanwhile (when-loaded.tsx): null until it is loaded. It does not load. */
  useLoaded(): ComponentType<Props> | null
}

/** A component whose code is loaded when it is first shown; it is there at once when it was loaded before. */
export function lazily<Props extends object = object>(load: () => Promise<ComponentType<Props>>): Lazily<Props> {
  let loaded: ComponentType<Props> | null = null
  let coming: Promise<ComponentType<Props>> | null = null
  const listeners = new Set<() => void>()
  const arrive = (component: ComponentType<Props>) => {
    loaded = component
    for (const listener of listeners) listener()
    return component
  }
  const get = () => {
    coming ??= load().then(arrive, (error: unknown) => {
      coming = null
      throw error
    })
    return coming
  }
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const Waiting = lazy(async () => ({ default: await get() })) as unknown as ComponentType<Props>
  // biome-ignore lint/correctness/noComponentHookFactories: made once for each module, as lazy() is
  function Component(props: Props) {
    // Held, since another component in its place would begin anew.
    const [Shown] = useState<ComponentType<Props>>(() => loaded ?? Waiting)
    return <Shown {...props} />
  }
  return {
    Component,
    async preload() {
      await get()
    },
    useLoaded: () => useSyncExternalStore(subscribe, () => loaded),
  }
}

/** Loads it once the browser has nothing else to do; where that fails, it is loaded when it is asked for. */
export function whenIdle({ preload }: Pick<Lazily<never>, 'preload'>): void {
  const quietly = () => void preload().catch(() => {})
  if ('requestIdleCallback' in globalThis) requestIdleCallback(quietly)
  else setTimeout(quietly)
}
