/** Icons, 16 px, stroke 1.5. They are decoration: the control that holds one carries the name. */
import type { ReactNode } from 'react'

const icon = (children: ReactNode) => (
  <svg
    className="icon"
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
)

export const icons = {
  search: icon(
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="m10.2 10.2 3.3 3.3" />
    </>,
  ),
  share: icon(<path d="M5.2 5.2 8 2.4l2.8 2.8M8 2.6v7.2M3 8.5v3.7c0 .7.6 1.3 1.3 1.3h7.4c.7 0 1.3-.6 1.3-1.3V8.5" />),
  menu: icon(<path d="M2.5 4.2h11M2.5 8h11M2.5 11.8h11" />),
  close: icon(<path d="m4 4 8 8M12 4l-8 8" />),
  up: icon(<path d="m4 9.8 4-4 4 4" />),
  down: icon(<path d="m4 6.2 4 4 4-4" />),
  left: icon(<path d="m9.8 4-4 4 4 4" />),
  right: icon(<path d="m6.2 4 4 4-4 4" />),
  crumb: icon(<path d="m6.4 5 3 3-3 3" />),
  focus: icon(
    <>
      <circle cx="8" cy="8" r="4" />
      <path d="M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3" />
    </>,
  ),
  panel: icon(
    <>
      <rect x="2" y="2.75" width="12" height="10.5" rx="1.5" />
      <path d="M9.8 2.75v10.5" />
    </>,
  ),
  reset: icon(<path d="M9.5 6.5 13 3M13 6V3h-3M6.5 9.5 3 13M3 10v3h3" />),
  grow: icon(<path d="M9.5 2.5h4v4M13.3 2.7 9.2 6.8M6.5 13.5h-4v-4M2.7 13.3l4.1-4.1" />),
  copy: icon(
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M3.3 10.4h-.1c-.4 0-.7-.3-.7-.7V3.5c0-.6.4-1 1-1h6.2c.4 0 .7.3.7.7v.1" />
    </>,
  ),
  lock: icon(
    <>
      <rect x="3" y="7" width="10" height="6.5" rx="1.5" />
      <path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" />
    </>,
  ),
  alert: icon(<path d="M8 2.3 14.2 13H1.8L8 2.3ZM8 6.6v2.8M8 11.3v.1" />),
  info: icon(
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.4v3.4M8 5.1v.1" />
    </>,
  ),
  check: icon(<path d="m3 8.5 3.2 3.2L13 4.8" />),
  trash: icon(<path d="M2.8 4.3h10.4M6.2 4.1V2.7h3.6v1.4M4.2 4.5l.6 8.2c0 .5.4.8.9.8h4.6c.5 0 .9-.3.9-.8l.6-8.2" />),
  filter: icon(<path d="M2.5 3.5h11L9.5 8.4v4.1l-3-1.5V8.4L2.5 3.5Z" />),
  minus: icon(<path d="M3.2 8h9.6" />),
  plus: icon(<path d="M8 3.2v9.6M3.2 8h9.6" />),
  undo: icon(<path d="M5.5 3 2.8 5.7l2.7 2.7M3 5.7h6a4 4 0 0 1 0 7.6H6" />),
  redo: icon(<path d="m10.5 3 2.7 2.7-2.7 2.7M13 5.7H7a4 4 0 0 0 0 7.6h3" />),
  compare: icon(<path d="M5 2.5 2.5 5 5 7.5M2.5 5h9M11 8.5l2.5 2.5-2.5 2.5M13.5 11h-9" />),
  sum: icon(<path d="M11.5 3h-7L8 8l-3.5 5h7" />),
  sliders: icon(<path d="M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6M10.2 3.2v3.6M5.8 9.2v3.6" />),
  file: icon(<path d="M4.2 2h5l3 3v8c0 .6-.4 1-1 1H4.2c-.6 0-1-.4-1-1V3c0-.6.4-1 1-1ZM9 2.2V5.2h3" />),
}

/** Three bars, the last one hot. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg className="mark" viewBox="0 0 22 20" width={size} height={(size * 20) / 22} aria-hidden="true">
      <rect x="0.5" y="1" width="21" height="5" rx="1.5" style={{ fill: 'var(--control)' }} />
      <rect x="0.5" y="7.5" width="14" height="5" rx="1.5" style={{ fill: 'var(--text-3)' }} />
      <rect
        x="5.1"
        y="14.1"
        width="7.8"
        height="4.8"
        rx="1.4"
        strokeWidth="1.2"
        style={{ fill: 'var(--zone-map)', stroke: 'var(--zone-edge)' }}
      />
    </svg>
  )
}
