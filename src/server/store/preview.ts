/** What programs that look at links are shown: a title, and the picture that came with the upload. */
import { STORE_PATH, STORED_ID } from '../../core/service/stored.ts'
import type { PageHead } from '../page.ts'
import type { Store } from './store.ts'

const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)

/** address: of the server, as the public knows it. What was sealed has no name, and so no title. */
export function previewHead(store: Store, address: string): PageHead {
  const base = address.replace(/\/*$/, '/')
  return async (url) => {
    const id = url.searchParams.get('p') ?? ''
    if (!STORED_ID.test(id)) return ''
    try {
      const found = await store.find(id)
      if (!found) return ''
      const name = await store.nameOf(found.holdKey)
      if (!name) return ''
      const tags: [string, string][] = [
        ['og:type', 'website'],
        ['og:site_name', 'Hotzone'],
        ['og:title', name],
        ['og:description', 'A profile as a flame graph'],
        ['og:url', `${base}?p=${id}`],
      ]
      if (await store.findPicture(found.holdKey)) tags.push(['og:image', `${base}${STORE_PATH}${id}/picture`])
      return tags.map(([key, text]) => `<meta property="${key}" content="${escaped(text)}">`).join('')
    } catch {
      // The page opens without a title.
      return ''
    }
  }
}
