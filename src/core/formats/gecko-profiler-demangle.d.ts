/** What the package holds besides its entry, which asks bundlers to load WebAssembly in a way that ours does not. */
declare module 'gecko-profiler-demangle/index_bg.js' {
  /** The name demangled; as it was, perhaps without its first underscore, when it is not mangled. */
  export function demangle_any(name: string): string
  export function __wbg_set_wasm(exports: unknown): void
}

declare module 'gecko-profiler-demangle/index_bg.wasm?url&inline' {
  /** data:application/wasm;base64,… */
  const url: string
  export default url
}
