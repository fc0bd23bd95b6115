import { Dialog } from '../parts/dialog.tsx'
import { useSession } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'

export default function HelpDialog() {
  const { closeDialog } = useSession()
  const m = useMessages(messages)
  return (
    <Dialog title={m.title} onClose={() => closeDialog('help')}>
      <div className="help">
        {m.groups.map((group) => (
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
    </Dialog>
  )
}
