/** Keys of the page that do something with the selected function. */
export const FUNCTION_KEYS = { callers: 'c', source: 'l', pin: 'p', focus: 'F', hide: 'H' } as const
