// Speedscope takes its first screen, with the file input, away when a file is chosen, and its loading bar when done.
addEventListener(
  'change',
  () => {
    const look = () => {
      const busy = document.querySelector('#file, [class*=loading]')
      if (busy || document.querySelectorAll('canvas').length < 2) requestAnimationFrame(look)
      else {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => performance.mark('pictured')
        port2.postMessage(null)
      }
    }
    look()
  },
  { capture: true, once: true },
)
