/** Calls back when the element's size or the resolution of the screen changes; returns what stops it. */
export function watchSize(el: HTMLElement, onSize: () => void, onResolution: () => void): () => void {
  const resizer = new ResizeObserver(onSize)
  resizer.observe(el)
  let query: MediaQueryList
  const changed = () => {
    watch()
    onResolution()
  }
  // A query knows one resolution: each change needs another one.
  const watch = () => {
    query?.removeEventListener('change', changed)
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    query.addEventListener('change', changed)
  }
  watch()
  return () => {
    resizer.disconnect()
    query.removeEventListener('change', changed)
  }
}
