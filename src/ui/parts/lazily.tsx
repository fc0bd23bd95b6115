import { type ComponentType, lazy, useState } from 'react'

export interface Lazily<Props extends object> {
  Component: ComponentType<Props>
  /** Loads its code ahead of need. */
  preload(): Promise<void>
}

/** A component whose code is loaded when it is first shown; it is there at once when it was loaded before. */
export function lazily<Props extends object = object>(load: () => Promise<ComponentType<Props>>): Lazily<Props> {
  let loaded: ComponentType<Props> | null = null
  const get = async () => {
    loaded = await load()
    return { default: loaded }
  }
  const Waiting = lazy(get) as unknown as ComponentType<Props>
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
  }
}
