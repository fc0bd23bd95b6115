/** What the key for commands is called on this machine. */
export const controlKey = /mac|iphone|ipad/i.test(navigator.platform) ? '⌘' : 'Ctrl'
