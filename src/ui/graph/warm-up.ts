/** What a browser sets up at the first use and would make the first picture wait for: text on a canvas, number formats. */
export function warmUp(): void {
  const ctx = document.createElement('canvas').getContext('2d')
  if (ctx) {
    ctx.font = `11.5px ${getComputedStyle(document.body).fontFamily}`
    ctx.fillText('main.main', 0, 12)
    ctx.measureText('runtime.mallocgc')
  }
  ;(12_345.6).toLocaleString(document.documentElement.lang)
}
