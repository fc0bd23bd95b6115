// Runs before the first paint, so that a remembered dark theme never flashes white.
;(() => {
  let choice = 'system'
  try {
    choice = localStorage.getItem('hotzone.theme') || 'system'
  } catch {
    // A blocked store only means that the theme follows the system.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()
