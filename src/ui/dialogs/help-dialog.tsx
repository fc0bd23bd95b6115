import { Dialog } from '../parts/dialog.tsx'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'

export default function HelpDialog() {
  const { closeDialog } = useSession()
  const words = useWords()
  return (
    <Dialog title={words.help.title} onClose={() => closeDialog('help')}>
      <div className="help">
        {words.help.groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.rows.map((row) => (
                <div key={row.keys.join(' ')}>
                  <dt>
                    {row.keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{row.what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="caption">{words.help.mouse}</p>
    </Dialog>
  )
}
