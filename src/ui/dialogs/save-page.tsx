/** Saves the view as one HTML page, for those who cannot open a link to it. */
import { useState } from 'react'
import { useSession } from '../session.ts'
import { useCatalogue } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { download, legendWords } from './save-file.ts'
import { messages } from './share-messages.ts'

export function SavePage() {
  const catalogue = useCatalogue()
  const { exportView, get } = useSession()
  const m = useMessages(messages)
  const [said, setSaid] = useState('')
  const save = async () => {
    setSaid(m.saving)
    try {
      const { language } = get()
      const file = await exportView('html', legendWords(language, await catalogue.zoneWords(language)))
      download(file)
      setSaid(m.saved(file.name))
    } catch {
      setSaid(m.saveFailed)
    }
  }
  return (
    <p>
      <button type="button" className="plain" disabled={said === m.saving} onClick={() => void save()}>
        {m.savePage}
      </button>{' '}
      <span role="status">{said}</span>
    </p>
  )
}
