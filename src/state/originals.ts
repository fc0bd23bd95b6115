/** What functions are called in the binary, where they are shown under other names: mangled names of C++ and Rust. */
import type { OpenedProfile } from './store.ts'

/** Names in the symbol table of the functions shown as `name`; none when they are called so. */
export function originalsOf({ client }: OpenedProfile, name: string): Promise<string[]> {
  return client.call('symbols', { name })
}
