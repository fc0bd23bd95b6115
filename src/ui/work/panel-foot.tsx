/** Under the findings: how many rules stayed quiet, and everything said above as text to send to somebody. */
import { useEffect, useState } from 'react'
import { IconButton } from '../parts/icon-button.tsx'
import { icons } from '../parts/icons.tsx'
import { useSession } from '../session.ts'
import { useCatalogue } from '../words/index.ts'
import { usePanelWords } from './panel-words.ts'

const SAID_MS = 4000

export function PanelFoot({ quiet }: { quiet: number }) {
  const { get } = useSession()
  const said = usePanelWords()
  const [copied, setCopied] = useState<boolean | null>(null)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const catalogue = useCatalogue()
  const copy = async () => {
    const { default: copyMarkdown } = await import('../markdown.ts')
    setCopied(await copyMarkdown(get(), catalogue))
  }
  const result = copied === null ? '' : copied ? said.copied : said.copyFailed
  return (
    <footer className="zones-foot">
      {icons.check}
      <span aria-live="polite">{result || said.quietCount(quiet)}</span>
      <IconButton label={said.copyMarkdown} icon={icons.copy} onClick={() => void copy()} />
    </footer>
  )
}
