/** Copies a table, for a spreadsheet or for a text. */
import { icons } from '../parts/icons.tsx'
import { MenuButton } from '../parts/menu.tsx'

interface Props {
  words: { copy: string; copyTsv: string; copyMarkdown: string }
  copy: (form: 'tsv' | 'markdown') => void
}

export function CopyMenu({ words, copy }: Props) {
  return (
    <MenuButton
      label={words.copy}
      rows={[
        { kind: 'item', label: words.copyTsv, run: () => copy('tsv') },
        { kind: 'item', label: words.copyMarkdown, run: () => copy('markdown') },
      ]}
    >
      {words.copy}
      {icons.down}
    </MenuButton>
  )
}
