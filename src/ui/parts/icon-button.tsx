/** A button whose face is an icon: its name is read out, and shown where the pointer rests, unless a shorter title is. */
import type { ComponentProps, ReactNode } from 'react'

interface Props extends Omit<ComponentProps<'button'>, 'type' | 'aria-label' | 'children'> {
  label: string
  icon: ReactNode
}

export function IconButton({ label, icon, className, ...rest }: Props) {
  return (
    <button
      type="button"
      className={className ? `quiet square small ${className}` : 'quiet square small'}
      aria-label={label}
      title={label}
      {...rest}
    >
      {icon}
    </button>
  )
}
