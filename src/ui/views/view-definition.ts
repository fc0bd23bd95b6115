/** What a view is to the rest of the page: one row of the list in index.ts. */
import type { ComponentType } from 'react'
import type { ProfileInfo } from '../../state/store.ts'
import type { Messages } from '../words/use-messages.ts'

export interface ViewDefinition {
  /** As the address has it. */
  id: string
  /** On its tab. All else that it says comes with its component. */
  title: Messages<string>
  /** Whether there is something for it to show. A view is not offered for a profile that it does not fit. */
  accepts(info: ProfileInfo): boolean
  /** Loaded when it is first opened, unless it is the first view. */
  Component: ComponentType
}

/** For views that fit every profile. */
export const acceptsAll = (): boolean => true
