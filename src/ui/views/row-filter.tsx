/** The text that the rows of a table hold, typed above it. */
import styles from './view-frame.module.css'

interface Props {
  label: string
  placeholder: string
  value: string
  onChange: (text: string) => void
}

export function RowFilter({ label, placeholder, value, onChange }: Props) {
  return (
    <label className={styles.filter}>
      <span className="unseen">{label}</span>
      <input
        type="text"
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}
