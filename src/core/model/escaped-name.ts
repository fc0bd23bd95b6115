/**
 * Names in texts that separate them: characters that would be taken for something else are written in hexadecimal behind
 * a %, as in addresses of the web. In folded stacks these are what ends a frame or a line, what begins a comment, and what
 * would stand for no stack; and a % where it would be read as one of these, so that two names never become one.
 */
const CODES = '0A|0D|23|25|28|3B'
const UNSAFE = new RegExp(`[;\\r\\n]|^\\((?=no stack\\)$)|%(?=${CODES})`, 'g')
const ESCAPE = new RegExp(`%(?:(0A|0D|23|28|3B)|25(?=${CODES}))`, 'g')

export const escapeChar = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

/** As it stands in folded stacks. */
export const foldedName = (name: string): string => name.replace(UNSAFE, escapeChar)

/** The name that stands there. */
export const unfoldedName = (text: string): string =>
  text.replace(ESCAPE, (_, code?: string) =>
    code === undefined ? '%' : String.fromCharCode(Number.parseInt(code, 16)),
  )
