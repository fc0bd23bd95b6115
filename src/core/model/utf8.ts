const encoder = new TextEncoder()

/** Bytes of a text; a lone surrogate becomes U+FFFD. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)
