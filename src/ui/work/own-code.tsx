/** Whose code is looked at: a chip that names its import paths, and the form that changes them. */
import { type FormEvent, useId, useState } from 'react'
import { readImportPaths } from '../../core/model/go-name.ts'
import { icons } from '../parts/icons.tsx'
import { Popover } from '../parts/popover.tsx'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'

export function OwnCode({ paths }: { paths: readonly string[] }) {
  const { setOwnPaths } = useSession()
  const words = useWords()
  const asProfile = useStore((s) => s.view.own === null)
  const [text, setText] = useState(paths.join(', '))
  const [wrong, setWrong] = useState(false)
  const id = useId()
  const w = words.ownCode
  const shown = paths.length === 0 ? w.mainOnly : paths.join(', ')
  const submit = (event: FormEvent, close: () => void) => {
    event.preventDefault()
    const read = readImportPaths(text)
    setWrong(read === null)
    if (read === null) return
    close()
    setOwnPaths(read)
  }
  return (
    <div className="own-code">
      <Popover
        className="own-code-chip"
        label={w.change(shown)}
        title={w.title}
        face={
          <>
            <span>{w.label}</span> <bdi>{shown}</bdi> {icons.down}
          </>
        }
      >
        {(close) => (
          <form className="own-code-form" onSubmit={(event) => submit(event, close)}>
            <label htmlFor={id}>{w.paths}</label>
            <input
              id={id}
              value={text}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={wrong}
              aria-describedby={`${id}-why`}
              onChange={(event) => setText(event.target.value)}
            />
            <p id={`${id}-why`} role={wrong ? 'alert' : undefined}>
              {wrong ? w.wrong : w.why}
            </p>
            <div className="own-code-buttons">
              {!asProfile && (
                <button type="button" className="plain small" onClick={() => setOwnPaths(null)}>
                  {w.reset}
                </button>
              )}
              <button type="submit" className="primary small">
                {w.apply}
              </button>
            </div>
          </form>
        )}
      </Popover>
    </div>
  )
}
